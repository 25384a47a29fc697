package io.reliablemessage.service.publishing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How messages are put into queues.
 *
 * @param queuePrefix what the names of the service's queues start with, so that no subscription can
 *     name a foreign queue
 * @param queueType {@code x-queue-type} of the queues the service declares; quorum or classic
 * @param capacity deliveries that may wait for the broker in memory; beyond, they wait in the ledger
 * @param capacityBytes payload that may wait in memory
 * @param unconfirmed sends that may be on their way without the broker's confirm
 * @param unconfirmedBytes payload of sends that may be on their way
 * @param confirmTimeout a confirm that takes longer is a doubt: the channel is replaced, its sends are given back,
 *     and the queues in question rest for half a minute
 */
@ConfigurationProperties("message-service.publishing")
public record PublishingProperties(
        @DefaultValue("rm.") String queuePrefix,
        @DefaultValue("quorum") String queueType,
        @DefaultValue("10000") int capacity,
        @DefaultValue("64MB") DataSize capacityBytes,
        @DefaultValue("1000") int unconfirmed,
        @DefaultValue("16MB") DataSize unconfirmedBytes,
        @DefaultValue("15s") Duration confirmTimeout) {

    public PublishingProperties {
        require(
                queuePrefix.matches("[A-Za-z0-9._-]{0,100}"),
                "queue-prefix",
                "up to 100 letters, digits, '.', '_' and '-'");
        require(queueType.equals("quorum") || queueType.equals("classic"), "queue-type", "quorum or classic");
        require(capacity >= 1, "capacity", "at least 1");
        require(capacityBytes.toBytes() >= 1, "capacity-bytes", "at least 1B");
        require(unconfirmed >= 1, "unconfirmed", "at least 1");
        require(unconfirmedBytes.toBytes() >= 1, "unconfirmed-bytes", "at least 1B");
        require(confirmTimeout.isPositive(), "confirm-timeout", "a positive duration");
    }

    private static void require(boolean holds, String property, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException("message-service.publishing.%s takes %s".formatted(property, allowed));
        }
    }
}
