package io.reliablemessage.client.internal;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads the contract's records. Not the application's own mapper, whose settings may differ. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            // Map.of() iterates differently in every JVM; a repeated prepare must have the bytes of the first.
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // A state that is news to this version must not make a success look like a failure.
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
            .build();

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
            throw new IllegalArgumentException("The request cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
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
