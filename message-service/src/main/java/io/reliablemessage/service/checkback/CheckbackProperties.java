package io.reliablemessage.service.checkback;

import io.reliablemessage.service.platform.settings.SettingRules;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How producers are asked. The wait between two asks about a message is a lease, then two, then four,
 * up to the longest.
 *
 * @param lease how long a worker has for an ask and its report; also the shortest wait; twice the deadline to 5 min
 * @param deadline for one ask, from the look-up of the name to the last byte; 100 ms to 15 s
 * @param batch messages in one ask; 1 to 500
 * @param concurrency asks of one application at a time; 1 to 100
 * @param maxInterval between two asks about one message; the lease to 1 h
 * @param backOffAfter asks without any answer (each answer takes one back), after which an application is left alone
 *     for a while; 1 to 1,000
 * @param maxBackOff rests start with a second and double up to this; up to 5 min
 */
@ConfigurationProperties("message-service.checkback")
record CheckbackProperties(
        @DefaultValue("20s") Duration lease,
        @DefaultValue("5s") Duration deadline,
        @DefaultValue("100") int batch,
        @DefaultValue("2") int concurrency,
        @DefaultValue("5m") Duration maxInterval,
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
        rules.within("back-off-after", backOffAfter, 1, 1000);
        rules.within("max-back-off", maxBackOff, "0s", "5m");
    }

    private static boolean isBetween(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }
}
