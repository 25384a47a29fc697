package io.reliablemessage.service.platform.openapi;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Describes calls with {@link OneOrMany}. Runs first, because others describe the schemas that it adds. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class OneOrManyCustomizer implements OperationCustomizer, OpenApiCustomizer {

    private static final String JSON = "application/json";
    private static final String ITEM_PROBLEM = "ItemProblem";

    private final Map<String, Schema<?>> schemas = new ConcurrentHashMap<>();

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        var types = handler.getMethodAnnotation(OneOrMany.class);
        if (types != null) {
            operation.setRequestBody(new RequestBody()
                    .required(true)
                    .content(json(oneOrMany(referenceTo(types.takes()), referenceTo(types.takes())))));
            var answer = referenceTo(types.answers());
            var item = new Schema<>().anyOf(List.of(answer, new Schema<>().$ref(ITEM_PROBLEM)));
            requireNonNull(operation.getResponses().get("200")).setContent(json(oneOrMany(answer, item)));
            var created = operation.getResponses().get("201");
            if (created != null) {
                created.setContent(json(answer));
            }
        }
        return operation;
    }

    private static Schema<?> oneOrMany(Schema<?> one, Schema<?> item) {
        return new Schema<>().oneOf(List.of(one, new ArraySchema().items(item).maxItems(500)));
    }

    private static Content json(Schema<?> schema) {
        return new Content().addMediaType(JSON, new MediaType().schema(schema));
    }

    private Schema<?> referenceTo(Class<?> type) {
        var resolved =
                ModelConverters.getInstance(true).resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
        resolved.referencedSchemas.forEach(schemas::put);
        return resolved.schema;
    }

    @Override
    public void customise(OpenAPI api) {
        schemas.forEach(api.getComponents()::addSchemas);
        api.getComponents()
                .addSchemas(
                        ITEM_PROBLEM,
                        new ObjectSchema()
                                .description("Replaces the answer of an item that failed, in an array's answer.")
                                .addProperty(
                                        "id",
                                        new StringSchema()
                                                .format("uuid")
                                                .description("the id in the item; left out if the item has none"))
                                .addProperty("problem", new Schema<>().$ref("Problem"))
                                .required(List.of("problem")));
    }
}
