package io.reliablemessage.test.internal.http;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON so that each value keeps its bytes, and writes it. The only class that knows a JSON library. */
public final class Json {

    private static final int DEEPEST = 500;
    private static final JsonFactory OBJECTS = factory(DEEPEST);
    private static final JsonFactory ARRAYS = factory(DEEPEST + 1); // their items may be as deep as they may be alone

    private Json() {}

    public enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        NULL,
        OBJECT,
        ARRAY
    }

    /**
     * A value as it stands in its document.
     *
     * @param text of a text; for others, as they are written
     */
    @SuppressWarnings("ArrayRecordComponent") // lives for one call
    public record Value(Kind kind, String text, byte[] bytes) {}

    /** The items of an array; empty: it is none. */
    public static Optional<List<Value>> items(byte[] document) {
        try (var parser = ARRAYS.createParser(ObjectReadContext.empty(), document)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return Optional.empty();
            }
            var items = new ArrayList<Value>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser, document));
            }
            requireEnd(parser);
            return Optional.of(items);
        } catch (JacksonException broken) {
            throw malformed(broken);
        }
    }

    /** The members of an object, none of them twice. */
    public static Map<String, Value> members(byte[] document) {
        try (var parser = OBJECTS.createParser(ObjectReadContext.empty(), document)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Problem.malformed("The body is not a JSON object.");
            }
            var members = new LinkedHashMap<String, Value>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                parser.nextToken();
                if (members.put(name, value(parser, document)) != null) {
                    throw Problem.malformed("Member '%s' appears twice.".formatted(Texts.oneLine(name)));
                }
            }
            requireEnd(parser);
            return members;
        } catch (JacksonException broken) {
            throw malformed(broken);
        }
    }

    /** @param value of maps, collections, texts, numbers, booleans and nulls; anything else is written as its text */
    public static byte[] write(@Nullable Object value) {
        var bytes = new ByteArrayOutputStream();
        try (var generator = OBJECTS.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(value, generator);
        }
        return bytes.toByteArray();
    }

    private static Value value(JsonParser parser, byte[] document) {
        var kind = kindOf(parser.currentToken());
        var first = (int) parser.currentTokenLocation().getByteOffset();
        var text = kind == Kind.TEXT ? parser.getString() : "";
        parser.skipChildren();
        parser.finishToken();
        var bytes = Arrays.copyOfRange(
                document, first, (int) parser.currentLocation().getByteOffset());
        return new Value(kind, kind == Kind.TEXT ? text : Texts.utf8(bytes).strip(), bytes);
    }

    private static Kind kindOf(@Nullable JsonToken token) {
        if (token == null) {
            throw Problem.malformed("The body ends too early.");
        }
        return switch (token) {
            case VALUE_STRING -> Kind.TEXT;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> Kind.BOOLEAN;
            case START_OBJECT -> Kind.OBJECT;
            case START_ARRAY -> Kind.ARRAY;
            default -> Kind.NULL;
        };
    }

    private static void requireEnd(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw Problem.malformed("There is text after the JSON document.");
        }
    }

    private static void write(@Nullable Object value, JsonGenerator generator) {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof Map<?, ?> members) {
            generator.writeStartObject();
            members.forEach((name, member) -> {
                generator.writeName(String.valueOf(name));
                write(member, generator);
            });
            generator.writeEndObject();
        } else if (value instanceof Collection<?> items) {
            generator.writeStartArray();
            items.forEach(item -> write(item, generator));
            generator.writeEndArray();
        } else if (value instanceof Integer number) {
            generator.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else {
            generator.writeString(value.toString());
        }
    }

    private static Problem malformed(JacksonException broken) {
        var location = Optional.ofNullable(broken.getLocation()) // none: it is too deep
                .map(at -> ", at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()))
                .orElse("");
        return Problem.malformed("The body is not the JSON it should be%s: %s."
                .formatted(location, Texts.oneLine(broken.getOriginalMessage())));
    }

    private static JsonFactory factory(int deepest) {
        return JsonFactory.builder()
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(deepest)
                        .maxNumberLength(HttpApi.MAX_BODY)
                        .maxStringLength(HttpApi.MAX_BODY)
                        .maxNameLength(HttpApi.MAX_BODY)
                        .build())
                .build();
    }
}
