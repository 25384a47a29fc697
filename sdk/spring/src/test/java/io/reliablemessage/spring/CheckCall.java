package io.reliablemessage.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.client.JsonCodec;
import io.reliablemessage.client.internal.jackson3.Jackson3Codec;
import io.reliablemessage.spring.internal.check.CheckSecrets;
import io.reliablemessage.spring.internal.check.WebhookSignature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A check-back as the service sends it, and how it reads the answer. */
final class CheckCall {

    static final JsonCodec JSON = new Jackson3Codec();
    static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    static final String OTHER_SECRET = "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

    private final List<Map<String, Object>> messages = new ArrayList<>();

    CheckCall about(UUID id, @Nullable String checkRef) {
        return about(id, "order.placed", checkRef);
    }

    CheckCall about(UUID id, String topic, @Nullable String checkRef) {
        var message = new LinkedHashMap<String, Object>();
        message.put("id", id.toString());
        message.put("topic", topic);
        message.put("key", "A-1");
        message.put("attempt", 1);
        if (checkRef != null) {
            message.put("checkRef", checkRef);
        }
        messages.add(message);
        return this;
    }

    byte[] body() {
        return JSON.write(Map.of("messages", messages)).getBytes(UTF_8);
    }

    static Map<String, String> headers(Instant at, byte[] body) {
        return headers(SECRET, at, body);
    }

    static Map<String, String> headers(String secret, Instant at, byte[] body) {
        return WebhookSignature.of(CheckSecrets.decode(List.of(secret)), "check_1", at, body)
                .headers();
    }

    /** One decision in an answer. */
    record Item(
            String id, CheckbackDecision decision, @Nullable String store) {}

    @SuppressWarnings("unchecked") // as the codec reads objects
    static List<Item> items(CheckReply reply) {
        var answer = (Map<String, Object>) requireNonNull(JSON.read(new String(reply.body(), UTF_8)));
        var items = (List<Map<String, Object>>) requireNonNull(answer.get("decisions"));
        return items.stream()
                .map(item -> new Item(
                        String.valueOf(item.get("id")),
                        CheckbackDecision.valueOf(String.valueOf(item.get("decision"))),
                        (String) item.get("store")))
                .toList();
    }
}
