package io.reliablemessage.client.internal;

import org.jspecify.annotations.Nullable;

/** The encoded body of one call about one message. */
public final class EncodedCall {

    private final @Nullable String id;
    private final byte[] json;

    /**
     * @param id the message; null: the service makes its id
     * @param json an object: the body, alone or in an array
     */
    public EncodedCall(@Nullable String id, byte[] json) {
        this.id = id;
        this.json = json;
    }

    byte[] json() {
        return json;
    }

    /** The bytes it adds to an array. */
    int weight() {
        return json.length + 1;
    }

    /** How failures name the call, whether it went alone or not. */
    String callTo(String path) {
        return "POST " + path + (id == null ? "" : " of " + id);
    }

    boolean isAbout(String other) {
        return id == null || id.equalsIgnoreCase(other);
    }
}
