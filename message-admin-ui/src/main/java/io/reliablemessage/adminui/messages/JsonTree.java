package io.reliablemessage.adminui.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as it was written: numbers keep their digits, and repeated names are kept.
 *
 * @param name null: it has none, like an array's items
 * @param kind {@code object}, {@code array}, {@code string}, {@code number} or {@code literal}
 * @param text of a value without children
 */
record JsonTree(@Nullable String name, String kind, String text, List<JsonTree> children) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_NODES = 2_000;

    /** Empty if it is not JSON, or too large for a tree. */
    static Optional<JsonTree> of(String text) {
        try (var parser = JSON.createParser(text)) {
            var tree = new Reader(parser).read(null, parser.nextToken());
            return tree.children.isEmpty() || parser.nextToken() != null ? Optional.empty() : Optional.of(tree);
        } catch (JacksonException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    public boolean isBranch() {
        return kind.equals("object") || kind.equals("array");
    }

    /** One pass over the tokens. */
    private static final class Reader {

        private final JsonParser parser;
        private int nodes;

        private Reader(JsonParser parser) {
            this.parser = parser;
        }

        private JsonTree read(@Nullable String name, @Nullable JsonToken token) {
            if (token == null || ++nodes > MAX_NODES) {
                throw new IllegalStateException("no tree");
            }
            return switch (token) {
                case START_OBJECT -> branch(name, "object");
                case START_ARRAY -> branch(name, "array");
                case VALUE_STRING -> leaf(name, "string");
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> leaf(name, "number");
                default -> leaf(name, "literal");
            };
        }

        private JsonTree leaf(@Nullable String name, String kind) {
            return new JsonTree(name, kind, parser.getString(), List.of());
        }

        private JsonTree branch(@Nullable String name, String kind) {
            var children = new ArrayList<JsonTree>();
            for (var token = parser.nextToken(); !token.isStructEnd(); token = parser.nextToken()) {
                var child = token == JsonToken.PROPERTY_NAME ? parser.currentName() : null;
                children.add(read(child, token == JsonToken.PROPERTY_NAME ? parser.nextToken() : token));
            }
            return new JsonTree(name, kind, "", children);
        }
    }
}
