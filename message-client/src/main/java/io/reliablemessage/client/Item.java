package io.reliablemessage.client;

import org.jspecify.annotations.Nullable;

/** What one call says about one message, written before anybody else is involved. */
final class Item {

    private final @Nullable String id;
    private final String path;
    private final byte @Nullable [] body;
    private final byte[] element;

    /**
     * @param id the message; null: the service makes its id
     * @param path where it goes when it goes alone
     * @param body what it carries then
     * @param element what it is among others, in an array
     */
    Item(@Nullable String id, String path, byte @Nullable [] body, byte[] element) {
        this.id = id;
        this.path = path;
        this.body = body;
        this.element = element;
    }

    String path() {
        return path;
    }

    byte @Nullable [] body() {
        return body;
    }

    byte[] element() {
        return element;
    }

    /** The bytes it adds to an array. */
    int weight() {
        return element.length + 1;
    }

    /** How failures name the call, whether it went alone or not. */
    String call() {
        return "POST " + path;
    }

    boolean isAbout(String other) {
        return id == null || id.equalsIgnoreCase(other);
    }
}
