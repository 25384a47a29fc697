package io.reliablemessage.test.internal.messages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.api.Headers;
import io.reliablemessage.api.ProblemType;
import io.reliablemessage.test.internal.http.Json;
import io.reliablemessage.test.internal.http.MediaTypes;
import io.reliablemessage.test.internal.http.MessageId;
import io.reliablemessage.test.internal.http.Problem;
import io.reliablemessage.test.internal.http.Texts;
import io.reliablemessage.test.internal.messages.HalfMessage.Content;
import io.reliablemessage.test.internal.messages.HalfMessage.Timing;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks everything about a message that needs no state. */
public final class MessageRules {

    private static final int MAX_TEXT = 255;
    private static final int MAX_CHECK_REF = 128;
    private static final int MAX_PAYLOAD = 1024 * 1024;
    private static final Duration MIN_CHECK_AFTER = Duration.ofSeconds(1);
    private static final Duration MAX_CHECK_AFTER = Duration.ofDays(7);
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private MessageRules() {}

    /** @param trace of the call; a message may bring its own */
    public static HalfMessage check(RawMessage raw, String producer, Trace trace) {
        var id = id(raw.text("id"));
        var content = new Content(
                Texts.required("topic", raw.text("topic"), MAX_TEXT),
                key(raw.text("key")),
                payload(raw),
                contentType(raw),
                raw.headers() == null ? Map.of() : HeaderRules.check(raw.headers()),
                raw.text(Headers.TRACE_PARENT) == null
                        ? trace
                        : Trace.of(raw.text(Headers.TRACE_PARENT), raw.text(Headers.TRACE_STATE)));
        return new HalfMessage(id, producer, content, ContentHash.of(raw), timing(raw));
    }

    private static @Nullable MessageId id(@Nullable String given) {
        if (given == null) {
            return null;
        }
        var id = MessageId.parsed("id", given);
        Problem.require(id.isVersion7(), "id is a UUID, but not of version 7.");
        return id;
    }

    private static String key(@Nullable String given) {
        return Texts.visible("key", Texts.required("key", given, MAX_TEXT), MAX_TEXT);
    }

    private static byte[] payload(RawMessage raw) {
        if (raw.payload() == null) {
            throw Problem.invalid("payload is missing.");
        }
        var payload = raw.text("payloadEncoding") == null ? raw.payload().bytes() : decoded(raw);
        if (payload.length > MAX_PAYLOAD) {
            throw new Problem(
                    ProblemType.TOO_LARGE,
                    "payload has %d bytes, at most %d are accepted.".formatted(payload.length, MAX_PAYLOAD));
        }
        return payload;
    }

    private static byte[] decoded(RawMessage raw) {
        var payload = raw.payload();
        if (payload == null || payload.kind() != Json.Kind.TEXT) {
            throw Problem.invalid("payload must be a string when payloadEncoding is given.");
        }
        return switch (String.valueOf(raw.text("payloadEncoding"))) {
            case "text" -> Texts.wellFormed("payload", payload.text()).getBytes(UTF_8);
            case "base64" -> base64(payload.text());
            default -> throw Problem.invalid("payloadEncoding takes text or base64.");
        };
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw Problem.invalid("payload is not base64 (RFC 4648, with padding).");
        }
    }

    private static String contentType(RawMessage raw) {
        if (raw.text("contentType") == null) {
            return switch (String.valueOf(raw.text("payloadEncoding"))) {
                case "text" -> "text/plain;charset=utf-8";
                case "base64" -> "application/octet-stream";
                default -> "application/json";
            };
        }
        var given = Texts.required("contentType", raw.text("contentType"), MAX_TEXT);
        Problem.require(MediaTypes.isValid(given), "contentType is not a media type such as application/json.");
        Problem.require(
                "base64".equals(raw.text("payloadEncoding")) || MediaTypes.isUtf8(given),
                "contentType names another charset than UTF-8, in which JSON and text are sent; give the payload as base64.");
        return given;
    }

    private static Timing timing(RawMessage raw) {
        var deliverAt =
                parsed(raw, "deliverAt", text -> OffsetDateTime.parse(text).toInstant());
        var delay = parsed(raw, "delay", Duration::parse);
        var checkAfter = parsed(raw, "checkAfter", Duration::parse);
        Problem.require(deliverAt == null || delay == null, "deliverAt and delay exclude each other.");
        requireBetween("deliverAt", deliverAt, Instant.EPOCH, LATEST);
        requireBetween("delay", delay, Duration.ZERO, Ledger.MAX_DELAY);
        requireBetween("checkAfter", checkAfter, MIN_CHECK_AFTER, MAX_CHECK_AFTER);
        var checkRef = raw.text("checkRef");
        return new Timing(
                deliverAt,
                delay,
                checkAfter,
                checkRef == null ? null : Texts.visible("checkRef", checkRef, MAX_CHECK_REF));
    }

    private static <T> @Nullable T parsed(RawMessage raw, String member, Function<String, T> parse) {
        try {
            var text = raw.text(member);
            return text == null ? null : parse.apply(text);
        } catch (DateTimeException malformed) {
            throw Problem.invalid(member + " is not a time (RFC 3339) or duration (ISO 8601) as it should be.");
        }
    }

    private static <T extends Comparable<T>> void requireBetween(String member, @Nullable T value, T least, T most) {
        Problem.require(
                value == null || (value.compareTo(least) >= 0 && value.compareTo(most) <= 0),
                "%s takes %s to %s.".formatted(member, least, most));
    }
}
