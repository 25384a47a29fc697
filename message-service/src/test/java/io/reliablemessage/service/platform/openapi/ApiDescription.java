package io.reliablemessage.service.platform.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.reliablemessage.testing.GeneratedFile;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import java.util.Map;

/** Reads {@code docs/openapi.yaml} as text and as a description. */
public final class ApiDescription {

    static final GeneratedFile FILE = GeneratedFile.whole("docs/openapi.yaml");

    private ApiDescription() {}

    static String text() {
        return FILE.text();
    }

    public static OpenAPI read() {
        return parse(text());
    }

    static OpenAPI parse(String yaml) {
        return parse(yaml, OpenAPI.class);
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
