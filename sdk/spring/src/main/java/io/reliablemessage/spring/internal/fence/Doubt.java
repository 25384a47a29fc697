package io.reliablemessage.spring.internal.fence;

import java.sql.SQLException;

/** Nothing can be decided. As an exception, it rolls the transaction back, the fence included. */
final class Doubt extends SQLException {

    private final String reason;

    Doubt(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
