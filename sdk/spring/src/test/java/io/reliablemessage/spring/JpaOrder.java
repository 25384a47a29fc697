package io.reliablemessage.spring;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An order as JPA stores it; its row is written by the flush, which is part of the commit. */
@Entity
@Table(name = "orders")
class JpaOrder {

    /** Called within the flush of the calling thread, as listeners of entities are. */
    static final ThreadLocal<@Nullable Consumer<String>> PERSISTED = new ThreadLocal<>();

    @Id
    private String number = "";

    protected JpaOrder() {}

    JpaOrder(String number) {
        this.number = number;
    }

    @PostPersist
    void persisted() {
        var listener = PERSISTED.get();
        if (listener != null) {
            listener.accept(number);
        }
    }
}
