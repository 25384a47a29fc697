package io.reliablemessage.service.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the ledger remembers.
 *
 * @param period how long a day is kept after its end, at least the accept window and a day; one that holds something
 *     undecided, on its way or dead is kept longer
 */
@ConfigurationProperties("message-service.retention")
record RetentionProperties(@DefaultValue("30d") Duration period) {

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    RetentionProperties {
        if (period.compareTo(FOR_EVER) > 0) {
            throw new IllegalArgumentException(
                    "message-service.retention.period takes at most %dd".formatted(FOR_EVER.toDays()));
        }
    }
}
