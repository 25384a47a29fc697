package io.reliablemessage.service.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code docs/openapi.yaml}, as text and as what it means. */
final class ApiDescription {

    /** The tests run in their module's directory. */
    private static final Path FILE = Path.of("..", "docs", "openapi.yaml");

    private ApiDescription() {}

    static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static OpenAPI read() {
        return parse(text());
    }

    static OpenAPI parse(String yaml) {
        return parse(yaml, OpenAPI.class);
    }

    static void write(String text) {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The same whatever the order of the members and the width of the lines. */
    static String normalised(String yaml) {
        try {
            return Yaml31.mapper()
                    .writer()
                    .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .writeValueAsString(parse(yaml, Map.class));
        } catch (JsonProcessingException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static <T> T parse(String yaml, Class<T> type) {
        try {
            return Yaml31.mapper().readValue(yaml, type);
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException(malformed);
        }
    }
}
