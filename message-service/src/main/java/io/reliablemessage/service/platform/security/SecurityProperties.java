package io.reliablemessage.service.platform.security;

import io.reliablemessage.service.platform.settings.SettingRules;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits for one caller.
 *
 * @param callsPerSecond how many calls one API key may make to one replica, an array counting as one; beyond, calls are
 *     answered 429
 */
@ConfigurationProperties("message-service.security")
record SecurityProperties(@DefaultValue("20000") int callsPerSecond) {

    SecurityProperties {
        new SettingRules("message-service.security").atLeast("calls-per-second", callsPerSecond, 1);
    }
}
