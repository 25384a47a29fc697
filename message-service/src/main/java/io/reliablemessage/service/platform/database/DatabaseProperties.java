package io.reliablemessage.service.platform.database;

import io.reliablemessage.service.platform.settings.SettingRules;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the service's database access.
 *
 * @param callTimeout how long a call waits for the database before it is answered 503, to be repeated; 100 ms to 30 s
 */
@ConfigurationProperties("message-service.database")
public record DatabaseProperties(@DefaultValue("2s") Duration callTimeout) {

    public DatabaseProperties {
        new SettingRules("message-service.database").within("call-timeout", callTimeout, "100ms", "30s");
    }
}
