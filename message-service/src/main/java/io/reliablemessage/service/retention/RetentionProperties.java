package io.reliablemessage.service.retention;

import io.reliablemessage.service.platform.settings.SettingRules;
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

    RetentionProperties {
        new SettingRules("message-service.retention").atMost("period", period, "36500d");
    }
}
