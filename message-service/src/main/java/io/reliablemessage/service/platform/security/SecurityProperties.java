package io.reliablemessage.service.platform.security;

import io.reliablemessage.service.platform.settings.SettingRules;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits for one caller.
 *
 * @param callsPerSecond how many calls one API key may make to one replica, an array counting as one; beyond, calls are
 *     answered 429
 * @param unknownKeysPerSecond how many unknown API keys from one client address are looked up by one replica, ten times
 *     as many at once; beyond, calls are answered 429. Behind a proxy set server.forward-headers-strategy, else all
 *     clients have its address
 */
@ConfigurationProperties("message-service.security")
record SecurityProperties(
        @DefaultValue("20000") int callsPerSecond,
        @DefaultValue("10") int unknownKeysPerSecond) {

    SecurityProperties {
        var rules = new SettingRules("message-service.security");
        rules.atLeast("calls-per-second", callsPerSecond, 1);
        rules.atLeast("unknown-keys-per-second", unknownKeysPerSecond, 1);
    }
}
