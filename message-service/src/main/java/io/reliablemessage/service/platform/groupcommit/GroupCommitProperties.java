package io.reliablemessage.service.platform.groupcommit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How requests are written together.
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
        require(batchItems >= 1 && batchItems <= 1000, "batch-items", "1 to 1000");
        require(batchBytes.toBytes() >= 1, "batch-bytes", "at least 1B");
        require(waitingItems >= 1, "waiting-items", "at least 1");
        require(waitingBytes.toBytes() >= 1, "waiting-bytes", "at least 1B");
    }

    private static void require(boolean holds, String property, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException("message-service.group-commit.%s takes %s".formatted(property, allowed));
        }
    }
}
