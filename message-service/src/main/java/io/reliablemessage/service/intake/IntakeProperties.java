package io.reliablemessage.service.intake;

import io.reliablemessage.service.platform.settings.SettingRules;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large a message may be, in bytes (of UTF-8 where it is text). The defaults are also the maximum: the tables and
 * the broker accept no more.
 *
 * @param maxPayload bytes of the payload; up to 1 MB
 * @param maxHeader bytes of one header's value; up to 1 KB
 * @param maxHeaders how many headers; up to 64
 * @param maxHeadersTotal bytes of all headers' names and values together; up to 32 KB
 */
@ConfigurationProperties("message-service.intake")
record IntakeProperties(
        @DefaultValue("1MB") DataSize maxPayload,
        @DefaultValue("64") int maxHeaders,
        @DefaultValue("1KB") DataSize maxHeader,
        @DefaultValue("32KB") DataSize maxHeadersTotal) {

    IntakeProperties {
        var rules = new SettingRules("message-service.intake");
        rules.within("max-payload", maxPayload, "1B", "1MB");
        rules.within("max-headers", maxHeaders, 0, 64);
        rules.within("max-header", maxHeader, "1B", "1KB");
        rules.within("max-headers-total", maxHeadersTotal, "1B", "32KB");
    }
}
