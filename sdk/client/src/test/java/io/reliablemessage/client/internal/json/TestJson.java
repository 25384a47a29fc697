package io.reliablemessage.client.internal.json;

import io.reliablemessage.client.JsonCodec;
import io.reliablemessage.client.internal.jackson2.Jackson2Codec;

/** The Jackson that this run of the tests has on its class path, 2 or 3. */
public final class TestJson {

    public static final JsonCodec CODEC = JsonCodecs.find();

    private TestJson() {}

    /** A text of Jackson's tree. */
    public static Object textNode(String text) {
        return make("com.fasterxml.jackson.databind.node.TextNode", "tools.jackson.databind.node.StringNode", text);
    }

    /** Jackson's own kind of raw JSON. */
    public static Object rawValue(String json) {
        return make("com.fasterxml.jackson.databind.util.RawValue", "tools.jackson.databind.util.RawValue", json);
    }

    private static Object make(String in2, String in3, String text) {
        try {
            var type = CODEC instanceof Jackson2Codec ? in2 : in3;
            return Class.forName(type).getConstructor(String.class).newInstance(text);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
