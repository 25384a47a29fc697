package io.reliablemessage.client.internal.jackson3;

import io.reliablemessage.client.JsonCodec;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** With a mapper of its own, since the application's may have any settings. */
public final class Jackson3Codec implements JsonCodec {

    private static final int MAX_STEPS = 10;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .addDecorator((factory, out) -> new CheckedRawJson(out))
                    .build())
            .addModule(new SimpleModule("foreign-trees").setSerializers(new ForeignTrees()))
            // A class without visible properties would be stored as {}. Empty records and maps are what they are.
            .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            // Map.of() iterates differently in every JVM; a repeated prepare must have the bytes of the first.
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @Override
    public String write(@Nullable Object payload) {
        try {
            return MAPPER.writeValueAsString(payload);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(place(e) + " cannot be written as JSON: " + explain(e), e);
        }
    }

    @Override
    public @Nullable Object read(String json) {
        try {
            return MAPPER.readValue(json, Object.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    @Override
    public void check(String json) {
        CheckedRawJson.check(json);
    }

    private static String place(JacksonException e) {
        return e.getPath().stream()
                .limit(MAX_STEPS)
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining("", "payload", ""));
    }

    private static String explain(JacksonException e) {
        return e instanceof InvalidDefinitionException unknown
                        && String.valueOf(unknown.getMessage()).startsWith("No serializer")
                ? "%s has no property that Jackson sees. Pass a record, a map, or a class with getters"
                        .formatted(unknown.getType().getRawClass().getName())
                : e.getOriginalMessage();
    }
}
