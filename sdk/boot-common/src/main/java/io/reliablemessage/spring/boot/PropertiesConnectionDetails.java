package io.reliablemessage.spring.boot;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** As configured. */
record PropertiesConnectionDetails(URI url, String apiKey) implements ReliableMessageConnectionDetails {

    static PropertiesConnectionDetails of(ReliableMessageProperties properties) {
        return new PropertiesConnectionDetails(
                given("url", properties.url(), "the address of the message service"),
                given("api-key", properties.apiKey(), "the key of this application"));
    }

    private static <T> T given(String name, @Nullable T value, String description) {
        if (value == null || value.toString().isBlank()) {
            throw new IllegalStateException(
                    "reliable-message.%s is not set: set it to %s".formatted(name, description));
        }
        return value;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "PropertiesConnectionDetails[url=" + url + "]";
    }
}
