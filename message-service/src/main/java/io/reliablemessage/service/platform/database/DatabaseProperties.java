package io.reliablemessage.service.platform.database;

import io.reliablemessage.service.platform.settings.SettingRules;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the service's database access.
 *
 * @param callTimeout how long a call waits for the database before it is answered 503, to be repeated; 100 ms to 30 s.
 *     A call that writes for others, too, takes twice that at most
 * @param groupCommitConnections connections of group commit's own; the others are spring.datasource.hikari's
 * @param migrationTimeout how long the database may take for one answer while its schema is migrated
 * @param replicas how many replicas share the database, to warn if it has too few connections for them
 */
@ConfigurationProperties("message-service.database")
public record DatabaseProperties(
        @DefaultValue("2s") Duration callTimeout,
        @DefaultValue("6") int groupCommitConnections,
        @DefaultValue("30m") Duration migrationTimeout,
        @DefaultValue("1") int replicas) {

    private static final Duration MAX_LOCK_TIMEOUT = Duration.ofMillis(500);
    private static final int LEADERS_PATIENCE = 5; // times that of callers, and then nobody waits for a statement

    public DatabaseProperties {
        var rules = new SettingRules("message-service.database");
        rules.within("call-timeout", callTimeout, "100ms", "30s");
        rules.within("group-commit-connections", groupCommitConnections, 4, 100);
        rules.within("migration-timeout", migrationTimeout, "1m", "24h");
        rules.within("replicas", replicas, 1, 1000);
    }

    /** How long group commit waits for a row that another transaction has locked. */
    public Duration lockTimeout() {
        var quarter = callTimeout.dividedBy(4);
        return quarter.compareTo(MAX_LOCK_TIMEOUT) < 0 ? quarter : MAX_LOCK_TIMEOUT;
    }

    /** How long a thread of group commit's own waits for a batch. */
    public Duration maxStatement() {
        return callTimeout.multipliedBy(LEADERS_PATIENCE);
    }
}
