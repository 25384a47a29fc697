package io.reliablemessage.service.intake;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large a message may be, in bytes (of UTF-8 where it is text). The defaults are also the most: the tables and
 * the broker take no more.
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
        require(isBetween(maxPayload, 1, 1024 * 1024), "max-payload", "1B to 1MB");
        require(maxHeaders >= 0 && maxHeaders <= 64, "max-headers", "0 to 64");
        require(isBetween(maxHeader, 1, 1024), "max-header", "1B to 1KB");
        require(isBetween(maxHeadersTotal, 1, 32 * 1024), "max-headers-total", "1B to 32KB");
    }

    private static boolean isBetween(DataSize size, long least, long most) {
        return size.toBytes() >= least && size.toBytes() <= most;
    }

    private static void require(boolean holds, String property, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException("message-service.intake.%s takes %s".formatted(property, allowed));
        }
    }
}
