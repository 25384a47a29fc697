package io.reliablemessage.service.checkback;

import io.reliablemessage.service.platform.settings.SettingRules;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How check-backs are made. The interval between two check-backs of a message is a lease, then two, then four, up to
 * the maximum.
 *
 * @param lease how long a worker has for a request and its report; also the shortest interval; twice the deadline to 5
 *     min
 * @param deadline for one request, from the name look-up to the last byte; 100 ms to 15 s
 * @param batch messages in one request; 1 to 500
 * @param concurrency requests to one application at a time; 1 to 100
 * @param maxInterval longest interval between two check-backs of one message; the lease to 1 h
 * @param probeInterval how often a check URL is asked about a message that does not exist, and after each registration; 0:
 *     never; 1 min to 7 days
 * @param backOffAfter check-backs without any answer after which an application is backed off (each answer takes one
 *     back); 1 to 1,000
 * @param maxBackOff longest back-off; it starts at a second and doubles; up to 5 min
 */
@ConfigurationProperties("message-service.checkback")
record CheckbackProperties(
        @DefaultValue("20s") Duration lease,
        @DefaultValue("5s") Duration deadline,
        @DefaultValue("100") int batch,
        @DefaultValue("2") int concurrency,
        @DefaultValue("5m") Duration maxInterval,
        @DefaultValue("1h") Duration probeInterval,
        @DefaultValue("5") int backOffAfter,
        @DefaultValue("30s") Duration maxBackOff) {

    CheckbackProperties {
        var rules = new SettingRules("message-service.checkback");
        rules.within("deadline", deadline, "100ms", "15s");
        rules.require(
                isBetween(lease, deadline.multipliedBy(2), Duration.ofMinutes(5)),
                "lease",
                lease,
                "Choose twice the deadline to 5m, since a worker has to report within it");
        rules.within("batch", batch, 1, 500);
        rules.within("concurrency", concurrency, 1, 100);
        rules.require(
                isBetween(maxInterval, lease, Duration.ofHours(1)),
                "max-interval",
                maxInterval,
                "Choose the lease to 1h");
        rules.require(
                probeInterval.isZero() || isBetween(probeInterval, Duration.ofMinutes(1), Duration.ofDays(7)),
                "probe-interval",
                probeInterval,
                "Choose 1m to 7d, or 0 for no probes");
        rules.within("back-off-after", backOffAfter, 1, 1000);
        rules.within("max-back-off", maxBackOff, "0s", "5m");
    }

    boolean isProbing() {
        return !probeInterval.isZero();
    }

    private static boolean isBetween(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }
}
