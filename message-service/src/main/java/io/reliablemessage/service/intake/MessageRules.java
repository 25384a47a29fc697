package io.reliablemessage.service.intake;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.TOO_LARGE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.service.intake.HalfMessage.Timing;
import io.reliablemessage.service.intake.MessageReader.RawMessage;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.model.Trace;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.problem.TakenForms;
import io.reliablemessage.service.platform.web.Texts;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Checks everything about a message that needs no database, including what the broker would refuse. */
@Component
class MessageRules {

    private static final int MAX_KEY_LENGTH = 255;
    private static final int MAX_CONTENT_TYPE_LENGTH = 255;
    private static final int MAX_CHECK_REF_LENGTH = 128;
    private static final Duration MIN_CHECK_AFTER = Duration.ofSeconds(1);
    private static final Duration MAX_CHECK_AFTER = Duration.ofDays(7);
    private static final Duration MAX_DELAY = Duration.ofDays(30);
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final IntakeProperties limits;
    private final HeaderRules headers;

    MessageRules(IntakeProperties limits, HeaderRules headers) {
        this.limits = limits;
        this.headers = headers;
    }

    /** @param trace of the call; a message may bring its own */
    HalfMessage check(RawMessage raw, String producer, Trace trace) {
        return new HalfMessage(
                id(raw.id),
                producer,
                required("topic", raw.topic, MAX_KEY_LENGTH),
                required("key", raw.key, MAX_KEY_LENGTH),
                payload(raw),
                contentType(raw),
                raw.headers == null ? Map.of() : headers.check(raw.headers),
                ContentHash.of(raw),
                timing(raw),
                raw.traceParent == null ? trace : Trace.of(raw.traceParent, raw.traceState));
    }

    private static @Nullable MessageId id(@Nullable String given) {
        if (given == null) {
            return null;
        }
        var id = new MessageId(Names.id("id", given));
        Names.require(id.isVersion7(), "id is a UUID, but not of version 7.");
        return id;
    }

    private byte[] payload(RawMessage raw) {
        if (raw.payload == null) {
            throw new Problem(INVALID_REQUEST, "payload is missing.");
        }
        var payload = raw.payloadEncoding == null ? raw.payload : decoded(raw);
        if (payload.length > limits.maxPayload().toBytes()) {
            throw new Problem(
                    TOO_LARGE,
                    "payload has %d bytes, at most %d are accepted."
                            .formatted(payload.length, limits.maxPayload().toBytes()));
        }
        return payload;
    }

    private static byte[] decoded(RawMessage raw) {
        var text = raw.payloadText;
        if (text == null) {
            throw new Problem(INVALID_REQUEST, "payload must be a string when payloadEncoding is given.");
        }
        return switch (String.valueOf(raw.payloadEncoding)) {
            case "text" -> Texts.wellFormed("payload", text).getBytes(UTF_8);
            case "base64" -> base64(text);
            default -> throw new Problem(INVALID_REQUEST, "payloadEncoding takes text or base64.");
        };
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw new Problem(INVALID_REQUEST, "payload is not base64 (RFC 4648, with padding).", malformed);
        }
    }

    private static String contentType(RawMessage raw) {
        if (raw.contentType == null) {
            return switch (String.valueOf(raw.payloadEncoding)) {
                case "text" -> "text/plain;charset=utf-8";
                case "base64" -> "application/octet-stream";
                default -> "application/json";
            };
        }
        var given = required("contentType", raw.contentType, MAX_CONTENT_TYPE_LENGTH);
        var charset = parsed(given).getCharset();
        Names.require(
                charset == null || charset.equals(UTF_8) || "base64".equals(raw.payloadEncoding),
                "contentType names another charset than UTF-8, in which JSON and text are sent; give the payload as base64.");
        return given;
    }

    private static MediaType parsed(String contentType) {
        try {
            return MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException malformed) {
            throw new Problem(INVALID_REQUEST, "contentType is not a media type such as application/json.", malformed);
        }
    }

    private static Timing timing(RawMessage raw) {
        var deliverAt = parsed(
                "deliverAt", raw.deliverAt, text -> OffsetDateTime.parse(text).toInstant());
        var delay = parsed("delay", raw.delay, Duration::parse);
        var checkAfter = parsed("checkAfter", raw.checkAfter, Duration::parse);
        if (deliverAt != null && delay != null) {
            throw new Problem(INVALID_REQUEST, "deliverAt and delay exclude each other.");
        }
        requireBetween("deliverAt", deliverAt, Instant.EPOCH, LATEST);
        requireBetween("delay", delay, Duration.ZERO, MAX_DELAY);
        requireBetween("checkAfter", checkAfter, MIN_CHECK_AFTER, MAX_CHECK_AFTER);
        var checkRef = raw.checkRef == null ? null : Texts.visible("checkRef", raw.checkRef, MAX_CHECK_REF_LENGTH);
        return new Timing(deliverAt, delay, checkAfter, checkRef);
    }

    private static <T> @Nullable T parsed(String member, @Nullable String text, Function<String, T> parse) {
        try {
            return text == null ? null : parse.apply(text);
        } catch (DateTimeException malformed) {
            throw new Problem(
                    INVALID_REQUEST,
                    "%s takes %s."
                            .formatted(member, member.equals("deliverAt") ? TakenForms.TIME : TakenForms.DURATION),
                    malformed);
        }
    }

    private static <T extends Comparable<T>> void requireBetween(String member, @Nullable T value, T least, T most) {
        if (value != null && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
            throw new Problem(INVALID_REQUEST, "%s takes %s to %s.".formatted(member, least, most));
        }
    }

    private static String required(String member, @Nullable String text, int longest) {
        if (text == null || text.isEmpty()) {
            throw new Problem(INVALID_REQUEST, member + " is missing.");
        }
        return Texts.visible(member, text, longest);
    }
}
