package io.reliablemessage.service.platform.openapi;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.service.Api;
import io.reliablemessage.service.Service;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API's description, as its users read it. */
class OpenApiTest {

    private final Service service = Service.shared();
    private final OpenAPI api = served();

    @Test
    void theFileIsWhatTheServiceServes() {
        var served = service.asNobody().get("/v3/api-docs.yaml").is(200).body().asString();

        ApiDescription.FILE.mustHold(served, ApiDescription::normalised);
    }

    @Test
    void eachOperationSaysWhatItDoesAndForWhom() {
        assertSoftly(softly -> operations().forEach(operation -> {
            softly.assertThat(operation.getOperationId()).matches("[a-z][A-Za-z]+");
            softly.assertThat(operation.getSummary())
                    .as(operation.getOperationId())
                    .isNotBlank();
            softly.assertThat(operation.getTags())
                    .as(operation.getOperationId())
                    .hasSize(1);
            softly.assertThat(operation.getSecurity())
                    .as(operation.getOperationId())
                    .isNotEmpty()
                    .allSatisfy(way -> assertThat(way.get("apiKey")).hasSize(1));
        }));
        assertThat(operations()).extracting(Operation::getOperationId).doesNotHaveDuplicates();
    }

    @Test
    void eachOperationMayAnswerWithAProblem() {
        assertThat(operations())
                .allSatisfy(operation -> assertThat(answer(operation, "default").getContent())
                        .containsOnlyKeys("application/problem+json"));
        assertThat(schema("Problem").getRequired()).containsExactlyInAnyOrder("type", "title", "status", "detail");
    }

    @Test
    @SuppressWarnings("unchecked") // an object's example is a map
    void eachRequestHasAnExampleOfKnownMembersWithNoneMissing() {
        assertSoftly(softly -> operations()
                .filter(operation -> operation.getRequestBody() != null)
                .forEach(operation -> {
                    var body = json(operation.getRequestBody().getContent());
                    var schema = resolved(body.getSchema());
                    var members = ((Map<String, ?>) body.getExample()).keySet();
                    softly.assertThat(schema.getProperties().keySet())
                            .as(operation.getOperationId())
                            .containsAll(members);
                    softly.assertThat(members)
                            .as(operation.getOperationId())
                            .containsAll(Objects.requireNonNullElse(schema.getRequired(), List.of()));
                }));
    }

    @Test
    void aPrepareTakesTopicKeyAndPayloadAndMoreIfWanted() {
        var prepare = schema("PrepareRequest");

        assertThat(prepare.getRequired()).containsExactlyInAnyOrder("topic", "key", "payload");
        assertThat(prepare.getProperties())
                .containsOnlyKeys(
                        "id",
                        "topic",
                        "key",
                        "payload",
                        "payloadEncoding",
                        "contentType",
                        "headers",
                        "deliverAt",
                        "delay",
                        "checkAfter",
                        "checkRef",
                        "traceparent",
                        "tracestate");
        assertThat(member(prepare, "payload").getTypes()).as("any JSON value").isNull();
        assertThat(member(prepare, "payloadEncoding").getEnum()).isEqualTo(List.of("text", "base64"));
        assertThat(member(prepare, "delay").getFormat()).isEqualTo("duration");
        assertThat(member(prepare, "deliverAt").getFormat()).isEqualTo("date-time");
    }

    @Test
    void storingAnswers201AndItsRepetition200() {
        for (var operation : List.of(operation("prepare"), operation("send"))) {
            assertThat(operation.getResponses()).containsOnlyKeys("200", "201", "default");
            assertThat(schemaOf(answer(operation, "201").getContent()).get$ref())
                    .isEqualTo("#/components/schemas/MessageStatus");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "prepare,      PrepareRequest,   MessageStatus",
        "send,         PrepareRequest,   MessageStatus",
        "confirmNamed, MessageReference, MessageStatus",
        "cancelNamed,  MessageReference, MessageStatus",
        "ackNamed,     AckRequest,       DeliveryStatus",
        "rejectNamed,  RejectRequest,    DeliveryStatus"
    })
    void anObjectDoesOneAndAnArrayDoesMany(String id, String request, String status) {
        var taken = schemaOf(operation(id).getRequestBody().getContent()).getOneOf();
        var answered = schemaOf(answer(operation(id), "200").getContent()).getOneOf();

        assertThat(nameOf(taken.getFirst())).isEqualTo(request);
        assertThat(nameOf(taken.getLast().getItems())).isEqualTo(request);
        assertThat(taken.getLast().getMaxItems()).isEqualTo(500);
        assertThat(nameOf(answered.getFirst())).isEqualTo(status);
        List<Schema> each = answered.getLast().getItems().getAnyOf();
        assertThat(each.stream().map(OpenApiTest::nameOf)).containsExactly(status, "ItemProblem");
    }

    private static Schema<?> schemaOf(Content content) {
        return json(content).getSchema();
    }

    private static String nameOf(Schema<?> reference) {
        return reference.get$ref().substring("#/components/schemas/".length());
    }

    @Test
    void idsAreUuids() {
        var inPaths = api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(operation ->
                        Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of()).stream())
                .filter(parameter -> parameter.getName().equals("id"))
                .map(Parameter::getSchema);
        var inBodies = schemas().values().stream()
                .filter(schema -> schema.getProperties() != null)
                .map(schema -> schema.getProperties().get("id"))
                .filter(Objects::nonNull);

        assertThat(Stream.concat(inPaths, inBodies)).isNotEmpty().allSatisfy(id -> {
            assertThat(id.getTypes()).containsExactly("string");
            assertThat(id.getFormat()).isEqualTo("uuid");
        });
    }

    /** Else five hundred ids would not fit into an address. */
    @Test
    void listsInQueriesAreJoinedByCommas() {
        var lists = operations()
                .flatMap(operation ->
                        Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of()).stream())
                .filter(parameter -> parameter.getSchema().getItems() != null);

        assertThat(lists).isNotEmpty().allSatisfy(list -> {
            assertThat(list.getStyle()).isEqualTo(Parameter.StyleEnum.FORM);
            assertThat(list.getExplode()).isFalse();
        });
    }

    @Test
    void membersThatAreAlwaysThereAreRequired() {
        assertThat(schema("MessageStatus").getRequired()).containsExactlyInAnyOrder("id", "state");
        assertThat(schema("RejectRequest").getRequired()).containsExactly("code");
        assertThat(schema("SubscriptionRequest").getRequired()).containsExactly("topic");
        assertThat(schema("AckRequest").getRequired()).isNull();
    }

    @Test
    void statesAreNamedOnce() {
        var states = Arrays.stream(MessageState.values()).map(Enum::name).toList();

        assertThat(schema("MessageState").getEnum()).isEqualTo(states);
        assertThat(member(schema("MessageStatus"), "state").get$ref()).isEqualTo("#/components/schemas/MessageState");
    }

    /** Else two records would share a schema, and a generated client would read one of them wrongly. */
    @Test
    void eachRecordHasASchemaOfItsOwn() {
        assertThat(schemas().keySet())
                .contains("OperationItemsViewItem", "TopicsViewItem", "SubscriptionsViewItem", "ApplicationsViewItem")
                .contains("AuditViewEntry", "TimelineViewEntry")
                .doesNotContain("Item", "Entry");
        assertThat(schema("OperationItemsViewItem").getProperties()).containsKey("became");
        assertThat(schema("TopicsViewItem").getProperties()).containsKey("subscriptions");
        assertThat(schema("TimelineViewEntry").getProperties()).containsKey("kind");
        assertThat(schema("AuditViewEntry").getProperties()).containsKey("action");
    }

    @Test
    void nothingInternalShows() {
        assertThat(schemas().keySet()).allMatch(OpenApiTest::isOfTheWire, "is a name that users know");
        assertThat(ApiDescription.normalised(ApiDescription.text()))
                .doesNotContain("Caller", "Limit\"", "{@", "<code>", "io.reliablemessage")
                .containsOnlyOnce("format: byte"); // what an ask brought; no call's whole body
    }

    @Test
    void onlyKeysOpenTheApi() {
        assertThat(api.getComponents().getSecuritySchemes()).containsOnlyKeys("apiKey");
        assertThat(requireNonNull(api.getComponents().getSecuritySchemes().get("apiKey"))
                        .getScheme())
                .isEqualTo("bearer");
    }

    @Test
    void thePageOfTheApiLoadsWithoutAKey() {
        var nobody = service.asNobody();
        var start = nobody.get("/swagger-ui.html").is(302);
        var page = URI.create(start.headers().firstValue("Location").orElseThrow());

        var html = nobody.get(page.getPath()).is(200).body().asString();

        assertThat(html).contains("<div id=\"swagger-ui\">");
        referencesIn(html)
                .forEach(reference ->
                        nobody.get(page.resolve(reference).getPath()).is(200));
        assertThat(nobody.get("/swagger-ui/swagger-initializer.js")
                        .is(200)
                        .body()
                        .asString())
                .contains("/v3/api-docs/swagger-config");
        assertThat(nobody.get("/v3/api-docs/swagger-config").is(200).text("url"))
                .isEqualTo("/v3/api-docs");
        assertThat(nobody.get("/v3/api-docs").is(200).text("openapi")).isEqualTo("3.1.0");
    }

    @Test
    void thePageOfTheApiRunsNoForeignScripts() {
        var page = Api.exchange(service.asNobody().request("/swagger-ui/index.html"))
                .is(200);

        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe-eval", "script-src 'unsafe-inline'"));
    }

    private OpenAPI served() {
        return ApiDescription.parse(
                service.asNobody().get("/v3/api-docs.yaml").is(200).body().asString());
    }

    private Stream<Operation> operations() {
        return api.getPaths().values().stream().flatMap(path -> path.readOperations().stream());
    }

    private Operation operation(String id) {
        return operations()
                .filter(operation -> operation.getOperationId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static ApiResponse answer(Operation operation, String status) {
        return requireNonNull(operation.getResponses().get(status));
    }

    private static MediaType json(Content content) {
        return requireNonNull(content.get("application/json"));
    }

    private Map<String, Schema<?>> schemas() {
        return api.getComponents().getSchemas().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Schema<?> schema(String name) {
        return requireNonNull(schemas().get(name), name);
    }

    private Schema<?> resolved(Schema<?> reference) {
        return schema(nameOf(
                reference.getOneOf() == null ? reference : reference.getOneOf().getFirst()));
    }

    private static Schema<?> member(Schema<?> schema, String name) {
        return requireNonNull(schema.getProperties().get(name), name);
    }

    private static boolean isOfTheWire(String schema) {
        return schema.endsWith("Problem")
                || schema.endsWith("Request")
                || Stream.of(
                                "api.",
                                "api.MessageView$",
                                "api.TimelineView$",
                                "adminapi.jobs.",
                                "adminapi.jobs.CheckbackLeases$",
                                "adminapi.message.",
                                "adminapi.message.DecideRequest$",
                                "adminapi.operation.",
                                "adminapi.operation.OperationPreview$",
                                "adminapi.operation.OperationItemsView$",
                                "adminapi.cause.",
                                "adminapi.cause.CauseView$",
                                "adminapi.cause.CauseTrendView$",
                                "adminapi.overview.",
                                "adminapi.overview.RatesView$",
                                "adminapi.overview.OverviewView$",
                                "adminapi.audit.",
                                "adminapi.audit.AuditView$",
                                "adminapi.registry.",
                                "adminapi.registry.TopicsView$",
                                "adminapi.registry.SubscriptionsView$",
                                "adminapi.registry.ApplicationsView$")
                        .anyMatch(
                                within -> exists("io.reliablemessage." + within + schema) || isNested(within, schema));
    }

    /** A nested record's name begins with its enclosing one's. */
    private static boolean isNested(String within, String schema) {
        var enclosing = within.substring(within.lastIndexOf('.') + 1).replace("$", "");
        return within.endsWith("$")
                && schema.startsWith(enclosing)
                && exists("io.reliablemessage." + within + schema.substring(enclosing.length()));
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException unknown) {
            return false;
        }
    }

    private static Stream<String> referencesIn(String html) {
        return java.util.regex.Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                .matcher(html)
                .results()
                .map(found -> found.group(1));
    }
}
