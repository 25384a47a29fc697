package io.reliablemessage.service.registry;

import io.reliablemessage.api.TopicView;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.util.List;

@Entity
class Topic {

    @Id
    private String name = "";

    private String application = "";

    private List<String> consumers = List.of();

    @Column(name = "check_after_millis")
    private long checkAfterMillis;

    protected Topic() {}

    String application() {
        return application;
    }

    /** Whether an application may subscribe. */
    boolean admits(String consumer) {
        return application.equals(consumer) || consumers.contains(consumer);
    }

    TopicView view() {
        return new TopicView(name, application, List.copyOf(consumers), Duration.ofMillis(checkAfterMillis));
    }
}
