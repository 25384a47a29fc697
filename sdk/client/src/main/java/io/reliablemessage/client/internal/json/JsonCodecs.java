package io.reliablemessage.client.internal.json;

import io.reliablemessage.client.JsonCodec;
import io.reliablemessage.client.internal.jackson2.Jackson2Codec;
import io.reliablemessage.client.internal.jackson3.Jackson3Codec;

/** Finds out which Jackson is on the class path. */
final class JsonCodecs {

    private JsonCodecs() {}

    static JsonCodec find() {
        if (isThere("tools.jackson.databind.json.JsonMapper")) {
            return new Jackson3Codec();
        }
        if (isThere("com.fasterxml.jackson.databind.json.JsonMapper")) {
            return new Jackson2Codec();
        }
        throw new IllegalStateException("There is no JSON library that the client knows: add"
                + " tools.jackson.core:jackson-databind (Jackson 3) or com.fasterxml.jackson.core:jackson-databind"
                + " (Jackson 2, 2.17 or newer), or give a JsonCodec to ClientSettings.withJson");
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, JsonCodecs.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
