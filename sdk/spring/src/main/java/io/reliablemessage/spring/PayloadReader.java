package io.reliablemessage.spring;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads payloads with the application's own mapper: {@code (json, type) -> mapper.readValue(json,
 * mapper.constructType(type))}. Must be safe for use by many threads.
 */
@FunctionalInterface
public interface PayloadReader {

    /**
     * Reads a payload.
     *
     * @param type the type of the listener's parameter, generic or not
     * @throws Exception it cannot be read, now or later: the message is rejected
     */
    @Nullable
    Object read(byte[] json, Type type) throws Exception;
}
