package io.reliablemessage.client.internal;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Writes and reads the contract's records. Not the application's own mapper, whose settings may differ. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .addDecorator((factory, out) -> new CheckedRawJson(out))
                    .build())
            .addModule(new SimpleModule("foreign-trees").setSerializers(new ForeignTrees()))
            // A class without visible properties would be stored as {}. Empty records and maps are what they are.
            .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            // Map.of() iterates differently in every JVM; a repeated prepare must have the bytes of the first.
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // A state that is news to this version must not make a success look like a failure.
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
            .build();

    private static final int MAX_STEPS = 10;

    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    // Looked up once: asking a class for its record components costs more than reading one.
    private static final ClassValue<String> IDENTITIES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return type.getRecordComponents()[0].getName();
        }
    };
    private static final ClassValue<ObjectReader> READERS = new ClassValue<>() {
        @Override
        protected ObjectReader computeValue(Class<?> type) {
            return MAPPER.readerFor(type);
        }
    };

    private Json() {}

    public static byte[] write(Object body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(place(e) + " cannot be written as JSON: " + explain(e), e);
        }
    }

    private static String place(JacksonException e) {
        var place = e.getPath().stream()
                .limit(MAX_STEPS)
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining());
        return place.startsWith(".") ? place.substring(1) : "The request" + place;
    }

    private static String explain(JacksonException e) {
        return e instanceof InvalidDefinitionException unknown
                        && String.valueOf(unknown.getMessage()).startsWith("No serializer")
                ? "%s has no property that Jackson sees. Pass a record, a map, or a class with getters"
                        .formatted(unknown.getType().getRawClass().getName())
                : e.getOriginalMessage();
    }

    /** Empty if this is not JSON. */
    static Optional<JsonNode> readTree(byte[] body) {
        try {
            return Optional.ofNullable(MAPPER.readTree(body));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Empty if this is not such an answer. */
    static <T> Optional<T> readAnswer(JsonNode json, Class<T> type) {
        // The first member says what an answer is about. Any other JSON object would read as a record full of nulls.
        try {
            return json.hasNonNull(IDENTITIES.get(type))
                    ? Optional.of(READERS.get(type).readValue(json))
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** The members of a problem; none if it is not a JSON object. */
    static Map<String, Object> readMembers(JsonNode json) {
        return json.isObject() ? MAPPER.convertValue(json, MEMBERS) : Map.of();
    }
}
