package io.reliablemessage.service.platform.security;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TOPIC_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.UNAUTHENTICATED;
import static io.reliablemessage.service.Key.EVERYTHING;
import static io.reliablemessage.service.Key.EXPIRED;
import static io.reliablemessage.service.Key.OTHER_CONSUMER;
import static io.reliablemessage.service.Key.OTHER_PRODUCER;
import static io.reliablemessage.service.MessageFlow.newId;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Api;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.platform.security.AccessExamples.Example;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Who may do what: every operation of {@code docs/openapi.yaml} against every kind of caller. */
@Tag("ledger")
class AccessMatrixTest {

    private static final String UNKNOWN_KEY = "unknown-0123456789abcdefghijklmnopqrstuvwxyz";

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();
    private final AccessExamples examples = new AccessExamples();

    @AfterEach
    void nobodyIsAskedAnyMore() {
        examples.nobodyIsAskedAnyMore();
    }

    @TestFactory
    Stream<DynamicNode> eachOperationIsOpenToItsRolesAndOwnersOnly() {
        return DescribedOperation.all()
                .map(operation -> dynamicContainer(
                        operation.toString(),
                        callersOf(operation, examples.of(operation.id())).toList()));
    }

    private Stream<DynamicTest> callersOf(DescribedOperation operation, Example example) {
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
                .filter(key -> hasOneOf(roles, key) && !example.owners().contains(key))
                .map(key -> test(
                        "%s, whose it is not, is %s".formatted(key, example.toOthers()),
                        () -> call(operation, example, service.as(key)).is(requireNonNull(example.toOthers()))));
        var owners = example.owners().stream()
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

        assertThat(answered(OTHER_PRODUCER, foreign)).isEqualTo(answered(OTHER_PRODUCER, absent));
        assertThat(answered(OTHER_CONSUMER, foreign)).isEqualTo(answered(OTHER_CONSUMER, absent));
    }

    private String answered(Key key, String id) {
        var answer = service.as(key).get("/messages/" + id).is(MESSAGE_NOT_FOUND);
        return answer.body().toString().replace(id, "ID");
    }

    @Test
    void theExamplesAreOfOperationsThatExist() {
        assertThat(examples.ids())
                .isEqualTo(DescribedOperation.all().map(DescribedOperation::id).collect(toSet()));
    }

    private static Answer call(DescribedOperation operation, Example example, Api caller, String... headers) {
        var request = example.request().get();
        var path = operation.path();
        for (var value : request.path().entrySet()) {
            path = path.replace("{%s}".formatted(value.getKey()), value.getValue());
        }
        return request.body() == null
                ? Api.exchange(
                        withHeaders(caller.request(path), headers).method(operation.method(), BodyPublishers.noBody()))
                : caller.call(operation.method(), path, request.body(), headers);
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

    private static DynamicTest test(String name, Executable test) {
        return dynamicTest(name, test);
    }
}
