package io.reliablemessage.service.platform.web;

import io.reliablemessage.service.platform.settings.SettingRules;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of request bodies.
 *
 * @param maxTotal bytes that the bodies of all calls under way may have; beyond, calls are answered 503; an eighth is for
 *     bodies up to 64 KiB only; at least 16 MB
 */
@ConfigurationProperties("message-service.bodies")
record BodyProperties(@DefaultValue("64MB") DataSize maxTotal) {

    BodyProperties {
        new SettingRules("message-service.bodies").atLeast("max-total", maxTotal, "16MB");
    }
}
