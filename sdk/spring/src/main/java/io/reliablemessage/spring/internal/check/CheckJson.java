package io.reliablemessage.spring.internal.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.client.JsonCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads check-backs and writes their answers. */
public final class CheckJson {

    private static final int MAX_ANSWER = 64 * 1024;
    // More than the service asks, and as many as can be answered; the others are asked about again.
    private static final int MAX_MESSAGES = 400;
    private static final String BEGIN = "{\"decisions\":[";
    private static final String END = "]}";

    private final JsonCodec codec;

    public CheckJson(JsonCodec codec) {
        this.codec = codec;
    }

    /** Empty if this is no check-back. Unknown members are passed over. */
    public Optional<List<Question>> read(byte[] body) {
        try {
            return codec.read(new String(body, UTF_8)) instanceof Map<?, ?> members
                            && members.get("messages") instanceof List<?> messages
                    ? Optional.of(messages.stream()
                            .limit(MAX_MESSAGES)
                            .map(CheckJson::question)
                            .toList())
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Question question(@Nullable Object message) {
        if (message instanceof Map<?, ?> members && members.get("id") instanceof String id) {
            return new Question(id, text(members.get("topic")), text(members.get("checkRef")));
        }
        throw new IllegalArgumentException("a message without an id");
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }

    /** Those that do not fit into 64 KiB are left out, which the service takes as UNKNOWN. */
    public byte[] write(List<Decided> decisions) {
        var json = new StringBuilder(BEGIN);
        var bytes = BEGIN.length() + END.length();
        for (var decided : decisions) {
            var item = codec.write(members(decided));
            bytes += item.getBytes(UTF_8).length + 1;
            if (bytes > MAX_ANSWER) {
                break;
            }
            json.append(json.length() == BEGIN.length() ? "" : ",").append(item);
        }
        return json.append(END).toString().getBytes(UTF_8);
    }

    private static Map<String, Object> members(Decided decided) {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", decided.id());
        members.put("decision", decided.ruling().decision().name());
        var store = decided.ruling().store();
        if (store != null) {
            members.put("store", store);
        }
        return members;
    }
}
