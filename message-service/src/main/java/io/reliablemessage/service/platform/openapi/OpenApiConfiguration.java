package io.reliablemessage.service.platform.openapi;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.reliablemessage.api.ProblemType;
import io.reliablemessage.service.platform.security.Caller;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String KEY = "apiKey";
    private static final String PROBLEM = "Problem";

    static {
        // The caller is derived from the key; it is no parameter.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
        ModelResolver.enumsAsRef = true;
    }

    /** In place of the library's own, and the last one to be asked. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ModelResolver schemas() {
        return new ModelResolver(Json31.mapper(), new EnclosedNames()).openapi31(true);
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Reliable Message")
                        .version("1")
                        .description(
                                "Stores messages before the business happens, delivers them once it has, and knows"
                                        + " when they were consumed. Every call is safe to repeat; errors are problems (RFC 9457).")
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
                .servers(List.of(new Server().url("/").description("this service")))
                .addSecurityItem(new SecurityRequirement().addList(KEY))
                .components(new Components()
                        .addSecuritySchemes(
                                KEY,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("An API key of the calling application")));
    }

    /** As OpenAPI 3.1 puts it: the names beside the scheme are roles, and one of several requirements is enough. */
    @Bean
    OperationCustomizer callsListTheirRoles() {
        return (operation, handler) -> {
            var allowed = handler.getMethodAnnotation(RolesAllowed.class);
            if (allowed != null) {
                Arrays.stream(allowed.value())
                        .map(role -> new SecurityRequirement().addList(KEY, role.toLowerCase(Locale.ROOT)))
                        .forEach(operation::addSecurityItem);
            }
            return operation;
        };
    }

    @Bean
    OperationCustomizer bodiesHaveExamples() {
        return (operation, handler) -> {
            var example = handler.getMethodAnnotation(Example.class);
            if (example != null) {
                operation.getRequestBody().getContent().values().forEach(body -> body.setExample(json(example)));
            }
            return operation;
        };
    }

    private static JsonNode json(Example example) {
        try {
            return Json.mapper().readTree(example.value());
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    /** A path variable of a type that wraps a UUID is a UUID. */
    @Bean
    ParameterCustomizer idsAreUuids() {
        return (parameter, declared) -> {
            var type = declared.getParameterType();
            if (parameter != null
                    && type.isRecord()
                    && type.getRecordComponents().length == 1
                    && type.getRecordComponents()[0].getType() == UUID.class) {
                parameter.getSchema().setFormat("uuid");
            }
            return parameter;
        };
    }

    /** Else five hundred ids would not fit into an address. */
    @Bean
    OpenApiCustomizer listsInQueriesAreJoinedByCommas() {
        return api -> api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(operation ->
                        Stream.ofNullable(operation.getParameters()).flatMap(List::stream))
                .filter(parameter -> parameter.getSchema().getItems() != null)
                .forEach(parameter -> parameter.style(Parameter.StyleEnum.FORM).explode(false));
    }

    /** Documents for all calls how they fail. */
    @Bean
    OpenApiCustomizer callsMayReturnProblems() {
        return api -> {
            api.getComponents().addSchemas(PROBLEM, problem());
            var answer = new ApiResponse()
                    .description("A problem (RFC 9457); its type is one of /problems")
                    .content(new Content()
                            .addMediaType(
                                    "application/problem+json",
                                    new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
            api.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .forEach(operation -> operation.getResponses().addApiResponse("default", answer));
        };
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .addProperty(
                        "type",
                        new StringSchema()
                                .format("uri-reference")
                                .description(Arrays.stream(ProblemType.values())
                                        .map(ProblemType::uri)
                                        .collect(joining(", ", "One of ", "")))
                                .example("/problems/transition-refused"))
                .addProperty("title", new StringSchema().example("Transition refused"))
                .addProperty("status", new IntegerSchema().example(409))
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema().format("uri-reference"))
                .required(List.of("type", "title", "status", "detail"))
                .additionalProperties(true);
    }
}
