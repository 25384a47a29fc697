package io.reliablemessage.client;

import org.jspecify.annotations.Nullable;

/**
 * Writes payloads as JSON and reads the service's answers. The client finds Jackson 3 or Jackson 2 (2.17 or newer) on
 * the class path and needs no other; this is for applications that have neither. Must be safe for use by many threads.
 *
 * <p>The requests around the payloads are written by the client itself, so they are the same with every codec.
 */
public interface JsonCodec {

    /**
     * Writes a payload as one JSON value. A repeat must have the bytes of the first, so members and map entries need an
     * order of their own. A {@link io.reliablemessage.api.RawJson} in it is written as it is.
     *
     * @throws IllegalArgumentException if this cannot be written; names the place in the payload
     */
    String write(@Nullable Object payload);

    /**
     * Reads one JSON value into maps with texts as keys, lists, texts, numbers, booleans and null.
     *
     * @throws IllegalArgumentException if this is anything else than exactly one JSON value
     */
    @Nullable
    Object read(String json);

    /**
     * Checks what is JSON already, and sent as it is.
     *
     * @throws IllegalArgumentException if this is anything else than exactly one JSON value
     */
    default void check(String json) {
        read(json);
    }
}
