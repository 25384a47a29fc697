package io.reliablemessage.service.platform.groupcommit;

import io.reliablemessage.service.platform.settings.SettingRules;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of group commits.
 *
 * @param enabled false: every call is written by itself, for comparison
 * @param batchItems how many requests a batch takes, 1 to 1,000; an array of more is a batch of its own
 * @param batchBytes how much payload a batch takes; an array of more is a batch of its own
 * @param waitingItems how many requests may wait; beyond, calls are answered 503
 * @param waitingBytes how much payload may wait; beyond, calls are answered 503
 */
@ConfigurationProperties("message-service.group-commit")
public record GroupCommitProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("256") int batchItems,
        @DefaultValue("4MB") DataSize batchBytes,
        @DefaultValue("10000") int waitingItems,
        @DefaultValue("64MB") DataSize waitingBytes) {

    public GroupCommitProperties {
        var rules = new SettingRules("message-service.group-commit");
        rules.within("batch-items", batchItems, 1, 1000);
        rules.atLeast("batch-bytes", batchBytes, "1B");
        rules.atLeast("waiting-items", waitingItems, 1);
        rules.atLeast("waiting-bytes", waitingBytes, "1B");
    }
}
