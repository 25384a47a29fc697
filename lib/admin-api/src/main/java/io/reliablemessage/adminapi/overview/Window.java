package io.reliablemessage.adminapi.overview;

import java.time.Duration;

/** A stretch of time that ends now. */
public enum Window {
    PT1H,
    PT6H,
    PT24H,
    P7D;

    public Duration duration() {
        return Duration.parse(name());
    }
}
