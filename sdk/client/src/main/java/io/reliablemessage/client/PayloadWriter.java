package io.reliablemessage.client;

/**
 * Writes payloads as JSON with the application's own mapper, such as {@code objectMapper::writeValueAsString}. Must be
 * safe for use by many threads, and write equal payloads alike: a repeat must have the bytes of the first.
 */
@FunctionalInterface
public interface PayloadWriter {

    /** The payload as exactly one JSON value; what this throws reaches the caller as an {@code IllegalArgumentException}. */
    String write(Object payload) throws Exception;
}
