package io.reliablemessage.test.internal.messages;

import io.reliablemessage.api.Headers;
import io.reliablemessage.test.internal.http.Json;
import io.reliablemessage.test.internal.http.Json.Kind;
import io.reliablemessage.test.internal.http.Json.Value;
import io.reliablemessage.test.internal.http.Problem;
import io.reliablemessage.test.internal.http.Texts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a prepare as given.
 *
 * @param payload null: there is none; a JSON null is a payload
 */
public record RawMessage(@Nullable Value payload, @Nullable Map<String, String> headers, Map<String, String> texts) {

    private static final Set<String> TEXTS = Set.of(
            "id",
            "topic",
            "key",
            "payloadEncoding",
            "contentType",
            "deliverAt",
            "delay",
            "checkAfter",
            "checkRef",
            Headers.TRACE_PARENT,
            Headers.TRACE_STATE);

    public static RawMessage read(byte[] object) {
        var members = Json.members(object);
        var texts = new LinkedHashMap<String, String>();
        members.forEach((name, value) -> {
            if (TEXTS.contains(name)) {
                if (value.kind() != Kind.NULL) {
                    texts.put(name, text(name, value));
                }
            } else if (!"payload".equals(name) && !"headers".equals(name)) {
                throw Problem.malformed("Unknown member '%s'.".formatted(Texts.oneLine(name)));
            }
        });
        return new RawMessage(members.get("payload"), headers(members.get("headers")), texts);
    }

    @Nullable
    String text(String name) {
        return texts.get(name);
    }

    private static @Nullable Map<String, String> headers(@Nullable Value value) {
        if (value == null || value.kind() == Kind.NULL) {
            return null;
        }
        if (value.kind() != Kind.OBJECT) {
            throw Problem.malformed("Member 'headers' must be an object.");
        }
        var headers = new LinkedHashMap<String, String>();
        Json.members(value.bytes()).forEach((name, header) -> headers.put(name, text("headers." + name, header)));
        return headers;
    }

    private static String text(String name, Value value) {
        if (value.kind() != Kind.TEXT) {
            throw Problem.malformed("Member '%s' must be a string.".formatted(Texts.oneLine(name)));
        }
        return value.text();
    }
}
