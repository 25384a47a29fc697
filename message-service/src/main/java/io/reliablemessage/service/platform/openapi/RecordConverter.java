package io.reliablemessage.service.platform.openapi;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Adds to a record's schema: components without {@code @Nullable} are required, and ids are UUIDs. */
@Component
class RecordConverter implements ModelConverter {

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public @Nullable Schema resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        var resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        var raw = Json.mapper().constructType(type.getType()).getRawClass();
        if (resolved != null && raw.isRecord()) {
            var reference = resolved.get$ref();
            var schema = reference == null
                    ? resolved
                    : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
            if (schema != null && schema.getProperties() != null) {
                Arrays.stream(raw.getRecordComponents()).forEach(component -> describe(component, schema));
            }
        }
        return resolved;
    }

    private static void describe(RecordComponent component, Schema<?> schema) {
        var name = component.getName();
        if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                && (schema.getRequired() == null || !schema.getRequired().contains(name))) {
            schema.addRequiredItem(name);
        }
        if (name.equals("id") && component.getType() == String.class) {
            Objects.requireNonNull(schema.getProperties().get(name)).setFormat("uuid");
        }
    }
}
