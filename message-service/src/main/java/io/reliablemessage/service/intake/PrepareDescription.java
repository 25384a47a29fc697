package io.reliablemessage.service.intake;

import static java.util.Objects.requireNonNull;

import io.reliablemessage.api.PrepareRequest;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Adds to the API's description what Java's types cannot express: a payload may be {@code null}, but is required. */
@Component
class PrepareDescription implements OpenApiCustomizer {

    @Override
    public void customise(OpenAPI api) {
        Schema<?> prepare = requireNonNull(api.getComponents().getSchemas().get(PrepareRequest.class.getSimpleName()));
        prepare.addRequiredItem("payload");
        limitTo(
                List.of("text", "base64"),
                requireNonNull(prepare.getProperties().get("payloadEncoding")));
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // as the library has it
    private static void limitTo(List<String> values, Schema schema) {
        schema.setEnum(values);
    }
}
