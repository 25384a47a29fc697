package io.reliablemessage.service.registry;

import io.reliablemessage.adminapi.registry.ApplicationsView.Checkbacks;
import io.reliablemessage.api.CheckAnswers;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

@Entity
class Application {

    @Id
    private String name = "";

    private boolean enabled;

    @Column(name = "check_url")
    private @Nullable String checkUrl;

    @Column(name = "check_answers")
    @Enumerated(EnumType.STRING)
    private CheckAnswers checkAnswers = CheckAnswers.SIGNED;

    @Column(name = "check_success")
    private @Nullable Float checkSuccess;

    @Column(name = "check_millis")
    private @Nullable Float checkMillis;

    @Column(name = "check_failures")
    private int checkFailures;

    // by the database's clock
    @Formula("CASE WHEN check_rests_until > now() THEN check_rests_until END")
    private @Nullable Instant restsUntil;

    protected Application() {}

    String name() {
        return name;
    }

    boolean isEnabled() {
        return enabled;
    }

    Checkbacks checkbacks() {
        return new Checkbacks(
                checkUrl,
                checkUrl == null ? null : checkAnswers,
                checkSuccess == null ? null : Math.round(checkSuccess * 1000) / 1000.0,
                checkMillis == null ? null : (long) Math.round(checkMillis),
                checkFailures,
                restsUntil);
    }
}
