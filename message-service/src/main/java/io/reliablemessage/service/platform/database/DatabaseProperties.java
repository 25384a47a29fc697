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
 * @param lockTimeout how long group commit waits for a row that another transaction has locked; a fourth of call-timeout
 *     at most
 * @param groupCommitConnections connections of group commit's own; the others are spring.datasource.hikari's
 * @param migrationTimeout how long the database may take for one answer while its schema is migrated
 * @param replicas how many replicas share the database, to warn if it has too few connections for them
 */
@ConfigurationProperties("message-service.database")
public record DatabaseProperties(
        @DefaultValue("2s") Duration callTimeout,
        @DefaultValue("500ms") Duration lockTimeout,
        @DefaultValue("6") int groupCommitConnections,
        @DefaultValue("30m") Duration migrationTimeout,
        @DefaultValue("1") int replicas) {

    private static final int LEADERS_PATIENCE = 5; // times that of callers, and then nobody waits for a statement

    public DatabaseProperties {
        var rules = new SettingRules("message-service.database");
        rules.within("call-timeout", callTimeout, "100ms", "30s");
        rules.within("lock-timeout", lockTimeout, "10ms", "30s");
        rules.within("group-commit-connections", groupCommitConnections, 4, 100);
        rules.within("migration-timeout", migrationTimeout, "1m", "24h");
        rules.within("replicas", replicas, 1, 1000);
    }

    /** The lock's time-out, so that it passes while the call's has not. */
    Duration boundedLockTimeout() {
        var quarter = callTimeout.dividedBy(4);
        return quarter.compareTo(lockTimeout) < 0 ? quarter : lockTimeout;
    }

    /** How long a thread of group commit's own waits for a batch. */
    public Duration maxStatement() {
        return callTimeout.multipliedBy(LEADERS_PATIENCE);
    }
}
