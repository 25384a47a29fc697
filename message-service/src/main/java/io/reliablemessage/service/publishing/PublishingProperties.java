package io.reliablemessage.service.publishing;

import io.reliablemessage.service.platform.settings.SettingRules;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of publishing.
 *
 * @param queuePrefix what the names of the service's queues start with, so that no subscription can
 *     name a foreign queue
 * @param queueType {@code x-queue-type} of the queues the service declares; quorum or classic
 * @param capacity deliveries that may wait for the broker in memory; beyond, they wait in the ledger
 * @param capacityBytes payload that may wait in memory
 * @param unconfirmed sends that may be on their way without the broker's confirm
 * @param unconfirmedBytes payload of sends that may be on their way
 * @param confirmTimeout a confirm that takes longer is a doubt: the sends to its queue are given back, the queue is
 *     backed off for half a minute, and the connection is replaced if nothing else is confirmed either
 * @param allowGuest starts even as RabbitMQ's user guest with its well-known password; for a developer's machine
 */
@ConfigurationProperties("message-service.publishing")
public record PublishingProperties(
        @DefaultValue("rm.") String queuePrefix,
        @DefaultValue("quorum") String queueType,
        @DefaultValue("10000") int capacity,
        @DefaultValue("64MB") DataSize capacityBytes,
        @DefaultValue("1000") int unconfirmed,
        @DefaultValue("16MB") DataSize unconfirmedBytes,
        @DefaultValue("15s") Duration confirmTimeout,
        @DefaultValue("false") boolean allowGuest) {

    public PublishingProperties {
        var rules = new SettingRules("message-service.publishing");
        rules.require(
                queuePrefix.matches("[A-Za-z0-9._-]{0,100}"),
                "queue-prefix",
                queuePrefix,
                "Choose up to 100 letters, digits, '.', '_' and '-'");
        rules.require(
                queueType.equals("quorum") || queueType.equals("classic"),
                "queue-type",
                queueType,
                "Choose quorum or classic");
        rules.atLeast("capacity", capacity, 1);
        rules.atLeast("capacity-bytes", capacityBytes, "1B");
        rules.atLeast("unconfirmed", unconfirmed, 1);
        rules.atLeast("unconfirmed-bytes", unconfirmedBytes, "1B");
        rules.positive("confirm-timeout", confirmTimeout);
    }
}
