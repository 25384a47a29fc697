package io.reliablemessage.spring.internal.listening;

import java.lang.reflect.Type;

/** A payload is not what its listener takes, and never will be. */
final class UnreadablePayloadException extends RuntimeException {

    static final String CODE = "UNREADABLE_PAYLOAD";

    UnreadablePayloadException(Type type, Exception cause) {
        super("The payload is no %s: %s".formatted(type.getTypeName(), cause.getMessage()), cause);
    }
}
