package io.reliablemessage.client.internal.jackson2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.reliablemessage.client.JsonCodec;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** With a mapper of its own, since the application's may have any settings. */
public final class Jackson2Codec implements JsonCodec {

    private static final int MAX_STEPS = 10;

    // What Jackson 3 can by itself. Not every module on the class path: some write in ways of their own.
    private static final List<String> MODULES = List.of(
            "com.fasterxml.jackson.datatype.jdk8.Jdk8Module", "com.fasterxml.jackson.datatype.jsr310.JavaTimeModule");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModules(MODULES.stream().flatMap(Jackson2Codec::find).toList())
            .addModule(refusingForeignTrees())
            // A class without visible properties would be stored as {}. Empty records and maps are what they are.
            .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            // Map.of() iterates differently in every JVM; a repeated prepare must have the bytes of the first.
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            // As Jackson 3 does: an application that moves to it repeats its messages with the same bytes.
            .annotationIntrospector(new PropertyOrder())
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Override
    public String write(@Nullable Object payload) {
        var text = new StringWriter();
        try (var out = new CheckedRawJson(MAPPER.createGenerator(text))) {
            MAPPER.writeValue(out, payload);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(place(e) + " cannot be written as JSON: " + explain(e), e);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // it goes into a text
        }
        return text.toString();
    }

    @Override
    public @Nullable Object read(String json) {
        try {
            return MAPPER.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    @Override
    public void check(String json) {
        CheckedRawJson.check(json);
    }

    private static String place(JsonProcessingException e) {
        var path = e instanceof JsonMappingException mapping
                ? mapping.getPath()
                : List.<JsonMappingException.Reference>of();
        return path.stream()
                .limit(MAX_STEPS)
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining("", "payload", ""));
    }

    private static String explain(JsonProcessingException e) {
        return e instanceof InvalidDefinitionException unknown
                        && String.valueOf(unknown.getMessage()).startsWith("No serializer")
                ? "%s has no property that Jackson sees. Pass a record, a map, or a class with getters"
                        .formatted(unknown.getType().getRawClass().getName())
                : e.getOriginalMessage();
    }

    private static Module refusingForeignTrees() {
        var module = new SimpleModule("foreign-trees");
        module.setSerializers(new ForeignTrees());
        return module;
    }

    private static Stream<Module> find(String name) {
        try {
            var type = Class.forName(name, true, Module.class.getClassLoader());
            return Stream.of((Module) type.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError absent) {
            return Stream.empty();
        }
    }
}
