package io.reliablemessage.client.internal;

/** The encoded body of one call about one message. */
public final class EncodedCall {

    private final String id;
    private final byte[] json;

    /**
     * @param id the message
     * @param json an object: the body, alone or in an array
     */
    public EncodedCall(String id, byte[] json) {
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
        return "POST " + path + " of " + id;
    }

    boolean isAbout(String other) {
        return id.equalsIgnoreCase(other);
    }
}
