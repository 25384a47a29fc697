package io.reliablemessage.service.platform.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the service gets along with its database.
 *
 * @param callTimeout how long a call waits for the database before its caller is told to repeat it; 100 ms to 30 s
 */
@ConfigurationProperties("message-service.database")
public record DatabaseProperties(@DefaultValue("2s") Duration callTimeout) {

    private static final Duration MIN_CALL_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MAX_CALL_TIMEOUT = Duration.ofSeconds(30);

    public DatabaseProperties {
        if (callTimeout.compareTo(MIN_CALL_TIMEOUT) < 0 || callTimeout.compareTo(MAX_CALL_TIMEOUT) > 0) {
            throw new IllegalArgumentException("message-service.database.call-timeout takes 100ms to 30s");
        }
    }
}
