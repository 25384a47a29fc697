package io.reliablemessage.service.intake;

import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;

import io.reliablemessage.api.Headers;
import io.reliablemessage.service.platform.problem.OneLine;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.problem.UnreadableJson;
import io.reliablemessage.service.platform.web.RawJson;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the body of a prepare token by token, so that the payload keeps its bytes: no rounded number, no dropped
 * repeated name, no lost white space.
 */
@Component
class MessageReader {

    private final JsonFactory json = RawJson.factory();

    /** @param body UTF-8 */
    RawMessage read(byte[] body) {
        try (var parser = json.createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("The body is not a JSON object.");
            }
            var message = readMembers(parser, body);
            if (parser.nextToken() != null) {
                throw malformed("There is text after the JSON object.");
            }
            return message;
        } catch (JacksonException broken) {
            throw malformed(UnreadableJson.explain(broken));
        }
    }

    private static RawMessage readMembers(JsonParser parser, byte[] body) {
        var message = new RawMessage();
        var seen = new HashSet<String>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            if (!seen.add(name)) {
                throw malformed("Member '%s' appears twice.".formatted(name));
            }
            parser.nextToken();
            readMember(name, message, parser, body);
        }
        return message;
    }

    private static void readMember(String name, RawMessage message, JsonParser parser, byte[] body) {
        switch (name) {
            case "id" -> message.id = text(name, parser);
            case "topic" -> message.topic = text(name, parser);
            case "key" -> message.key = text(name, parser);
            case "payload" -> readPayload(message, parser, body);
            case "payloadEncoding" -> message.payloadEncoding = text(name, parser);
            case "contentType" -> message.contentType = text(name, parser);
            case "headers" -> message.headers = texts(name, parser);
            case "deliverAt" -> message.deliverAt = text(name, parser);
            case "delay" -> message.delay = text(name, parser);
            case "checkAfter" -> message.checkAfter = text(name, parser);
            case "checkRef" -> message.checkRef = text(name, parser);
            case Headers.TRACE_PARENT -> message.traceParent = text(name, parser);
            case Headers.TRACE_STATE -> message.traceState = text(name, parser);
            default -> throw malformed("Unknown member '%s'.".formatted(printable(name)));
        }
    }

    private static void readPayload(RawMessage message, JsonParser parser, byte[] body) {
        var first = (int) parser.currentTokenLocation().getByteOffset();
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            message.payloadText = parser.getString();
        } else {
            parser.skipChildren();
            parser.finishToken();
        }
        var beyond = (int) parser.currentLocation().getByteOffset();
        message.payload = Arrays.copyOfRange(body, first, beyond);
    }

    private static @Nullable String text(String name, JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NULL -> null;
            default -> throw malformed("Member '%s' must be a string.".formatted(printable(name)));
        };
    }

    private static @Nullable Map<String, String> texts(String name, JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw malformed("Member '%s' must be an object.".formatted(name));
        }
        var texts = new LinkedHashMap<String, String>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var entry = parser.currentName();
            parser.nextToken();
            var value = text(name + "." + entry, parser);
            if (value == null) {
                throw malformed("Member '%s.%s' must be a string.".formatted(name, printable(entry)));
            }
            if (texts.putIfAbsent(entry, value) != null) {
                throw malformed("Member '%s.%s' appears twice.".formatted(name, printable(entry)));
            }
        }
        return texts;
    }

    private static String printable(String name) {
        return OneLine.of(name, 100);
    }

    private static Problem malformed(String detail) {
        return new Problem(MALFORMED_REQUEST, detail);
    }

    /** A prepare's members as given. */
    static final class RawMessage {
        @Nullable
        String id;

        @Nullable
        String topic;

        @Nullable
        String key;

        byte @Nullable [] payload;

        @Nullable
        String payloadText;

        @Nullable
        String payloadEncoding;

        @Nullable
        String contentType;

        @Nullable
        Map<String, String> headers;

        @Nullable
        String deliverAt;

        @Nullable
        String delay;

        @Nullable
        String checkAfter;

        @Nullable
        String checkRef;

        // Not part of the content: a repeat may come in another trace.
        @Nullable
        String traceParent;

        @Nullable
        String traceState;
    }
}
