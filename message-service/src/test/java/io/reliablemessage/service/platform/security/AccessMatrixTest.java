package io.reliablemessage.service.platform.security;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.NAME_TAKEN;
import static io.reliablemessage.api.ProblemType.TOPIC_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.UNAUTHENTICATED;
import static io.reliablemessage.service.Key.CONSUMER;
import static io.reliablemessage.service.Key.EVERYTHING;
import static io.reliablemessage.service.Key.EXPIRED;
import static io.reliablemessage.service.Key.NOTHING;
import static io.reliablemessage.service.Key.OTHER_CONSUMER;
import static io.reliablemessage.service.Key.OTHER_PRODUCER;
import static io.reliablemessage.service.Key.PRODUCER;
import static io.reliablemessage.service.Key.WORKER;
import static io.reliablemessage.service.MessageFlow.newId;
import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.reliablemessage.api.ProblemType;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Api;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.platform.openapi.ApiDescription;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.models.Operation;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who may do what: every operation of {@code docs/openapi.yaml} against every kind of caller. */
@Tag("ledger")
class AccessMatrixTest {

    private static final String UNKNOWN_KEY = "unknown-0123456789abcdefghijklmnopqrstuvwxyz";
    private static final String ANY_PATH_VARIABLE = "\\{(\\w+):(?:[^{}]|\\{[^{}]*})*}";

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    /** How each operation is called by those to whom its object belongs, and what others are told. */
    private final Map<String, Example> examples = Map.ofEntries(
            entry("prepare", new Example(Set.of(PRODUCER), TOPIC_NOT_FOUND, () -> body(route.message(newId())))),
            entry("send", new Example(Set.of(PRODUCER), TOPIC_NOT_FOUND, () -> body(route.message(newId())))),
            entry("confirm", new Example(Set.of(PRODUCER), MESSAGE_NOT_FOUND, () -> path("id", route.pending()))),
            entry("confirmNamed", new Example(Set.of(PRODUCER), MESSAGE_NOT_FOUND, () -> named(route.pending()))),
            entry("cancel", new Example(Set.of(PRODUCER), MESSAGE_NOT_FOUND, () -> path("id", route.pending()))),
            entry("cancelNamed", new Example(Set.of(PRODUCER), MESSAGE_NOT_FOUND, () -> named(route.pending()))),
            entry(
                    "getMessage",
                    new Example(Set.of(PRODUCER, CONSUMER), MESSAGE_NOT_FOUND, () -> path("id", route.confirmed()))),
            entry(
                    "getTimeline",
                    new Example(Set.of(PRODUCER, CONSUMER), MESSAGE_NOT_FOUND, () -> path("id", route.confirmed()))),
            entry(
                    "ack",
                    new Example(
                            Set.of(CONSUMER),
                            MESSAGE_NOT_FOUND,
                            () -> path("id", route.confirmed()).with(Map.of()))),
            entry("ackNamed", new Example(Set.of(CONSUMER), MESSAGE_NOT_FOUND, () -> named(route.confirmed()))),
            entry(
                    "reject",
                    new Example(
                            Set.of(CONSUMER),
                            MESSAGE_NOT_FOUND,
                            () -> path("id", route.confirmed()).with(Map.of("code", "NO")))),
            entry(
                    "rejectNamed",
                    new Example(
                            Set.of(CONSUMER),
                            MESSAGE_NOT_FOUND,
                            () -> body(Map.of("id", route.confirmed(), "code", "NO")))),
            entry(
                    "registerTopic",
                    new Example(
                            Set.of(PRODUCER),
                            NAME_TAKEN,
                            () -> path("name", route.topic())
                                    .with(Map.of("consumers", List.of("points", "stranger"))))),
            entry(
                    "registerSubscription",
                    new Example(
                            Set.of(CONSUMER),
                            NAME_TAKEN,
                            () -> path("name", route.subscription()).with(Map.of("topic", route.topic())))),
            entry(
                    "registerApplication",
                    new Example(Set.of(PRODUCER, OTHER_PRODUCER, EVERYTHING), null, () -> body(Map.of()))),
            entry("leaseCheckbacks", new Example(Set.of(WORKER, EVERYTHING), null, () -> body(Map.of("limit", 1)))),
            entry(
                    "reportCheckback",
                    new Example(
                            Set.of(WORKER, EVERYTHING),
                            null,
                            () -> body(Map.of("lease", newId(), "failure", "TIMEOUT")))),
            entry("lookAtMessage", new Example(Set.of(NOTHING, EVERYTHING), null, () -> path("id", route.pending()))),
            entry("lookAtContent", new Example(Set.of(EVERYTHING), null, () -> path("id", route.pending()))),
            entry("lookAtTimeline", new Example(Set.of(NOTHING, EVERYTHING), null, () -> path("id", route.pending()))),
            entry("search", new Example(Set.of(NOTHING, EVERYTHING), null, AccessMatrixTest::nothing)),
            entry("overview", new Example(Set.of(NOTHING, EVERYTHING), null, AccessMatrixTest::nothing)),
            entry("rates", new Example(Set.of(NOTHING, EVERYTHING), null, AccessMatrixTest::nothing)),
            entry("audit", new Example(Set.of(NOTHING, EVERYTHING), null, AccessMatrixTest::nothing)),
            entry("listTopics", new Example(Set.of(NOTHING, EVERYTHING), null, AccessMatrixTest::nothing)),
            entry("listSubscriptions", new Example(Set.of(NOTHING, EVERYTHING), null, AccessMatrixTest::nothing)),
            entry("listApplications", new Example(Set.of(NOTHING, EVERYTHING), null, AccessMatrixTest::nothing)),
            entry(
                    "makeKey",
                    new Example(
                            Set.of(EVERYTHING),
                            null,
                            () -> path("name", "rival").with(aKey()))),
            entry(
                    "expireKey",
                    new Example(
                            Set.of(EVERYTHING),
                            null,
                            () -> path("prefix", madeKey()).with(Map.of("reason", "test")))),
            entry("causeTrend", new Example(Set.of(NOTHING, EVERYTHING), null, AccessMatrixTest::nothing)),
            entry("listCauses", new Example(Set.of(NOTHING, EVERYTHING), null, AccessMatrixTest::nothing)),
            entry(
                    "note",
                    new Example(
                            Set.of(EVERYTHING), null, () -> path("id", cause()).with(Map.of("text", "a test")))),
            entry("count", new Example(Set.of(NOTHING, EVERYTHING), null, AccessMatrixTest::nothing)),
            entry("resend", new Example(Set.of(EVERYTHING), null, () -> act(route.dead()))),
            entry("discard", new Example(Set.of(EVERYTHING), null, () -> act(route.dead()))),
            entry(
                    "pauseWorker",
                    new Example(
                            Set.of(EVERYTHING),
                            null,
                            () -> path("worker", "redelivery").with(Map.of("paused", false, "reason", "a test")))),
            entry("pause", new Example(Set.of(EVERYTHING), null, this::upon)),
            entry("resume", new Example(Set.of(EVERYTHING), null, this::upon)),
            entry("override", new Example(Set.of(EVERYTHING), null, this::upon)),
            entry("wantCheckback", new Example(Set.of(EVERYTHING), null, () -> act(askedAbout()))),
            entry("wantCheckbacks", new Example(Set.of(EVERYTHING), null, this::asked)),
            entry(
                    "decide",
                    new Example(
                            Set.of(EVERYTHING),
                            null,
                            () -> path("id", route.suspect()).with(Map.of("decision", "CANCEL", "reason", "test")))),
            entry(
                    "previewOperation",
                    new Example(Set.of(EVERYTHING), null, () -> body(Map.of("action", "RESEND", "filter", ofTopic())))),
            entry("startOperation", new Example(Set.of(EVERYTHING), null, () -> body(operation()))),
            entry("pauseOperation", new Example(Set.of(EVERYTHING), null, () -> act(started()))),
            entry("resumeOperation", new Example(Set.of(EVERYTHING), null, () -> act(started()))),
            entry("cancelOperation", new Example(Set.of(EVERYTHING), null, () -> act(started()))),
            entry("setOperationRate", new Example(Set.of(EVERYTHING), null, () -> act(started()))),
            entry("retryOperation", new Example(Set.of(EVERYTHING), null, () -> act(failed()))),
            entry("listOperations", new Example(Set.of(NOTHING, EVERYTHING), null, AccessMatrixTest::nothing)),
            entry("lookAtOperation", new Example(Set.of(NOTHING, EVERYTHING), null, () -> path("id", started()))),
            entry("listOperationItems", new Example(Set.of(NOTHING, EVERYTHING), null, () -> path("id", started()))),
            entry("operate", new Example(Set.of(WORKER, EVERYTHING), null, () -> body(Map.of("limit", 1)))),
            entry("redeliver", new Example(Set.of(WORKER, EVERYTHING), null, () -> body(Map.of("limit", 1)))));

    @TestFactory
    Stream<DynamicNode> eachOperationIsOpenToItsRolesAndOwnersOnly() {
        return operations()
                .map(operation -> dynamicContainer(
                        operation.toString(),
                        callersOf(operation, exampleOf(operation)).toList()));
    }

    private Stream<DynamicTest> callersOf(Described operation, Example example) {
        var roles = operation.roles();
        var keys = Arrays.stream(Key.values()).filter(key -> key != EXPIRED).toList();
        var nobody = Stream.of(
                test("no key is 401", () -> refusedAsUnknown(call(operation, example, service.asNobody()))),
                test(
                        "an unknown key is 401",
                        () -> refusedAsUnknown(call(operation, example, new Api(service.address(), UNKNOWN_KEY)))),
                test("an expired key is 401", () -> refusedAsUnknown(call(operation, example, service.as(EXPIRED)))),
                test("an admin behind the console does what operators may, and nothing else", () -> {
                    var answer = call(
                            operation, example, service.as(Key.CONSOLE), "RM-Actor", "ada", "RM-Roles", "admin,lead");
                    if (roles.contains("ADMIN")) {
                        assertThat(answer.status()).isBetween(200, 204);
                    } else {
                        answer.is(FORBIDDEN);
                    }
                }));
        var unfit = keys.stream()
                .filter(key -> !hasOneOf(roles, key))
                .map(key -> test(
                        "%s is 403".formatted(key),
                        () -> call(operation, example, service.as(key)).is(FORBIDDEN)));
        var others = keys.stream()
                .filter(key -> hasOneOf(roles, key) && !example.owners.contains(key))
                .map(key -> test(
                        "%s, whose it is not, is %s".formatted(key, example.toOthers),
                        () -> call(operation, example, service.as(key)).is(requireNonNull(example.toOthers))));
        var owners = example.owners.stream()
                .map(key -> test(
                        "%s is 2xx".formatted(key),
                        () -> assertThat(call(operation, example, service.as(key))
                                        .status())
                                .isBetween(200, 204)));
        return Stream.of(nobody, unfit, others, owners).flatMap(tests -> tests);
    }

    @Test
    void aForeignTopicLooksAbsentToThoseItIsNotOpenTo() {
        service.as(EVERYTHING)
                .put("/subscriptions/intruder." + newId(), Map.of("topic", route.topic()))
                .is(TOPIC_NOT_FOUND);
        service.as(OTHER_CONSUMER)
                .put("/subscriptions/lost." + newId(), Map.of("topic", "nobody.has.it"))
                .is(TOPIC_NOT_FOUND);
    }

    @Test
    void whatIsForeignIsAnsweredLikeWhatIsAbsent() {
        var foreign = route.confirmed();
        var absent = newId();

        assertThat(told(OTHER_PRODUCER, foreign)).isEqualTo(told(OTHER_PRODUCER, absent));
        assertThat(told(OTHER_CONSUMER, foreign)).isEqualTo(told(OTHER_CONSUMER, absent));
    }

    private String told(Key key, String id) {
        var answer = service.as(key).get("/messages/" + id).is(MESSAGE_NOT_FOUND);
        return answer.body().toString().replace(id, "ID");
    }

    @Test
    void theExamplesAreOfOperationsThatExist() {
        assertThat(examples.keySet()).isEqualTo(operations().map(Described::id).collect(toSet()));
    }

    @Test
    void eachHandlerIsDescribedAndSaysWhoMayCallIt() {
        var described = operations().map(Described::toString).collect(toSet());

        assertThat(handlers()).isNotEmpty().allSatisfy((mapping, handler) -> {
            assertThat(carries(handler, RolesAllowed.class) || carries(handler, PermitAll.class))
                    .as("%s carries @RolesAllowed or @PermitAll", handler)
                    .isTrue();
            if (!carries(handler, Hidden.class)) {
                assertThat(described).as("operations in docs/openapi.yaml").containsAll(operationsOf(mapping));
            }
        });
    }

    private Map<RequestMappingInfo, HandlerMethod> handlers() {
        var mappings = requireNonNull(service.bean(DispatcherServlet.class).getHandlerMappings());
        return mappings.stream()
                .filter(RequestMappingHandlerMapping.class::isInstance)
                .map(RequestMappingHandlerMapping.class::cast)
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(mapped -> mapped.getValue().getBeanType().getName().startsWith("io.reliablemessage"))
                .filter(mapped -> !operationsOf(mapped.getKey()).contains("GET /error"))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Set<String> operationsOf(RequestMappingInfo mapping) {
        var methods = mapping.getMethodsCondition().getMethods().stream()
                .map(Enum::name)
                .collect(toSet());
        return mapping.getPatternValues().stream()
                .map(pattern -> pattern.replaceAll(ANY_PATH_VARIABLE, "{$1}"))
                .flatMap(path -> (methods.isEmpty() ? Set.of("GET") : methods)
                        .stream().map(method -> "%s %s".formatted(method, path)))
                .collect(toSet());
    }

    private static boolean carries(HandlerMethod handler, Class<? extends Annotation> annotation) {
        return handler.hasMethodAnnotation(annotation)
                || AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), annotation);
    }

    private static Answer call(Described operation, Example example, Api caller, String... headers) {
        var request = example.request.get();
        var path = operation.path;
        for (var value : request.path.entrySet()) {
            path = path.replace("{%s}".formatted(value.getKey()), value.getValue());
        }
        return request.body == null
                ? Api.exchange(
                        withHeaders(caller.request(path), headers).method(operation.method, BodyPublishers.noBody()))
                : caller.call(operation.method, path, request.body, headers);
    }

    private static HttpRequest.Builder withHeaders(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static void refusedAsUnknown(Answer answer) {
        answer.is(UNAUTHENTICATED);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    private static boolean hasOneOf(Set<String> roles, Key key) {
        return Arrays.stream(key.roles().split(",")).anyMatch(roles::contains);
    }

    private Example exampleOf(Described operation) {
        var example = examples.get(operation.id());
        assertThat(example)
                .as(
                        "docs/openapi.yaml has %s, and this test does not know how to call it: add it to its examples",
                        operation.id())
                .isNotNull();
        return requireNonNull(example);
    }

    private static Stream<Described> operations() {
        return ApiDescription.read().getPaths().entrySet().stream()
                .flatMap(path -> path.getValue().readOperationsMap().entrySet().stream()
                        .map(operation ->
                                new Described(operation.getKey().name(), path.getKey(), operation.getValue())));
    }

    private static DynamicTest test(String name, Executable test) {
        return dynamicTest(name, test);
    }

    private static Map<String, ?> aKey() {
        return Map.of("roles", List.of("viewer"), "reason", "test");
    }

    private String madeKey() {
        return service.as(EVERYTHING)
                .post("/admin/applications/rival/keys", aKey())
                .is(201)
                .text("prefix");
    }

    private String cause() {
        route.dead();
        return service.as(NOTHING)
                .get("/admin/causes?subscription=" + route.subscription())
                .body()
                .at("/items/0/id")
                .asString();
    }

    /** An application that can be asked; in vain, and not once these tests are over. */
    private Request asked() {
        service.jdbc().sql("""
                        INSERT INTO application (name, check_url, check_secret, check_secret_key)
                        VALUES ('asked', 'http://127.0.0.1:9/', '', 'nobody has it') ON CONFLICT DO NOTHING
                        """).update();
        return path("name", "asked").with(Map.of("reason", "test"));
    }

    private String askedAbout() {
        asked();
        var id = route.pending();
        service.jdbc()
                .sql("UPDATE message SET producer = 'asked' WHERE id = :id::uuid")
                .param("id", id)
                .update();
        return id;
    }

    @AfterEach
    void nobodyIsAskedAnyMore() {
        service.jdbc()
                .sql("UPDATE message SET producer = 'shop' WHERE producer = 'asked'")
                .update();
        service.jdbc().sql("DELETE FROM application WHERE name = 'asked'").update();
    }

    private Request upon() {
        return path("name", service.newRoute().subscription()).with(Map.of("reason", "test"));
    }

    private Map<String, Object> ofTopic() {
        return Map.of("topic", route.topic());
    }

    private Map<String, Object> operation() {
        route.dead();
        return Map.of("action", "RESEND", "filter", ofTopic(), "expected", 10_000, "reason", "test");
    }

    private String started() {
        return service.as(EVERYTHING)
                .post("/admin/operations", operation())
                .is(201)
                .id();
    }

    private String failed() {
        var id = started();
        service.as(EVERYTHING)
                .post("/admin/operations/%s/cancel".formatted(id), Map.of("reason", "test"))
                .is(200);
        service.jdbc().sql("""
                        UPDATE operation_item SET outcome = 'FAILED', reason = 'forced', at = now()
                         WHERE operation_id = :id::uuid
                        """).param("id", id).update();
        return id;
    }

    private static Request act(String id) {
        return path("id", id).with(Map.of("reason", "test"));
    }

    private static Request body(Object body) {
        return new Request(Map.of(), body);
    }

    private static Request nothing() {
        return new Request(Map.of(), null);
    }

    private static Request named(String id) {
        return body(Map.of("id", id));
    }

    private static Request path(String name, String value) {
        return new Request(Map.of(name, value), null);
    }

    /** An operation as the API's description has it. */
    private record Described(String method, String path, Operation operation) {

        String id() {
            return operation.getOperationId();
        }

        Set<String> roles() {
            return operation.getSecurity().stream()
                    .flatMap(way -> way.values().stream())
                    .flatMap(List::stream)
                    .map(role -> role.toUpperCase(Locale.ROOT))
                    .collect(toSet());
        }

        @Override
        public String toString() {
            return "%s %s".formatted(method, path);
        }
    }

    /** @param toOthers what a caller with the right role is told about what is not his; null: it belongs to nobody */
    private record Example(Set<Key> owners, @Nullable ProblemType toOthers, Supplier<Request> request) {}

    private record Request(
            Map<String, String> path, @Nullable Object body) {
        Request with(Object content) {
            return new Request(path, content);
        }
    }
}
