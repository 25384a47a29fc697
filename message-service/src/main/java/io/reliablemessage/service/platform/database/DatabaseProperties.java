package io.reliablemessage.service.platform.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the service gets along with its database.
 *
 * @param patience how long a call waits for the database before its caller is told to repeat it; 100 ms to 30 s
 */
@ConfigurationProperties("reliable-message.database")
public record DatabaseProperties(@DefaultValue("2s") Duration patience) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    public DatabaseProperties {
        if (patience.compareTo(SHORTEST) < 0 || patience.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("reliable-message.database.patience takes 100ms to 30s");
        }
    }
}
