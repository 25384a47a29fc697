package io.reliablemessage.service.platform.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Describes records by their Javadoc, with its tags converted to Markdown for OpenAPI. */
@Component
class JavadocText implements OpenApiCustomizer {

    // The library that stores the Javadoc ends {@code /messages/{id}/ack} at the first closing brace.
    private static final Pattern CUT_CODE = Pattern.compile("<code>([^<{]*\\{[^<}]*)</code>([^}]*)}");
    private static final Pattern CODE = Pattern.compile("<code>([^<]*)</code>");
    private static final Pattern LINK = Pattern.compile("\\{@link (?:[^#\\s}]+#)?([^\\s}]+)[^}]*}");

    @Override
    public void customise(OpenAPI api) {
        api.getComponents().getSchemas().values().forEach(schema -> {
            reword(schema);
            Map<String, Schema> properties = Objects.requireNonNullElse(schema.getProperties(), Map.of());
            properties.values().forEach(JavadocText::reword);
        });
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(operation ->
                        Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of()).stream())
                .forEach(parameter -> parameter.setDescription(markdown(parameter.getDescription())));
    }

    private static void reword(Schema<?> schema) {
        schema.setDescription(markdown(schema.getDescription()));
    }

    private static @Nullable String markdown(@Nullable String javadoc) {
        if (javadoc == null) {
            return null;
        }
        var whole = CUT_CODE.matcher(javadoc).replaceAll("`$1}$2`");
        var code = CODE.matcher(whole).replaceAll("`$1`");
        return LINK.matcher(code).replaceAll("$1").replaceAll("\\s+", " ");
    }
}
