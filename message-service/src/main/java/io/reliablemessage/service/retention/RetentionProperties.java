package io.reliablemessage.service.retention;

import io.reliablemessage.service.platform.settings.SettingRules;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the ledger keeps messages.
 *
 * @param period how long a day is kept after its end, at least the accept window and a day; a day with undecided
 *     messages, or open or dead deliveries, is kept longer
 */
@ConfigurationProperties("message-service.retention")
record RetentionProperties(@DefaultValue("30d") Duration period) {

    RetentionProperties {
        new SettingRules("message-service.retention").atMost("period", period, "36500d");
    }
}
