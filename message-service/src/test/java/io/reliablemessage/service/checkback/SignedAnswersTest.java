package io.reliablemessage.service.checkback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.api.CheckAnswers;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.webhook.Signature;
import io.reliablemessage.webhook.WebhookSecrets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** An answer decides only if the application itself has signed it, for this check-back and at its time. */
@Tag("ledger")
class SignedAnswersTest {

    private static final String NEXT = secret("vutsrqponmlkjihgfedcba9876543210");
    private static final String STRANGER = secret("a stranger's secret, 32 bytes...");
    private static final String OTHER_BODY = "{\"decisions\":[]}";

    private final Checkers checkers = Checkers.shared();
    private final MessageFlow flow = checkers.service().newRoute();

    @BeforeEach
    void onlyThese() {
        checkers.quiet();
        checkers.update("UPDATE application SET former_check_secret = NULL, former_check_secret_key = NULL,"
                + " former_check_secret_until = NULL");
    }

    @AfterEach
    void asItWas() {
        checkers.register(Key.PRODUCER);
    }

    /** A signature that was changed in one place. */
    private interface Forgery {
        Map<String, String> of(JsonNode lease, String body);
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery("none", "not signed", (lease, body) -> Map.of()),
                forgery("without its time", "not signed", (lease, body) -> without(lease, body, Signature.TIMESTAMP)),
                forgery("without its id", "not signed", (lease, body) -> without(lease, body, Signature.ID)),
                forgery("of nothing", "not signed", (lease, body) -> without(lease, body, Signature.SIGNATURES)),
                forgery(
                        "of a stranger",
                        "signed with another secret",
                        (lease, body) ->
                                Checkers.signature(lease, STRANGER, body).headers()),
                forgery(
                        "of another body",
                        "signed with another secret",
                        (lease, body) -> Checkers.signature(lease, Checkers.SECRET, OTHER_BODY)
                                .headers()),
                forgery(
                        "of the question itself",
                        "signed with another secret",
                        (lease, body) -> signatureOfQuestion(lease)),
                forgery(
                        "of another check-back",
                        "signed for another check-back",
                        (lease, body) -> signed("check_" + MessageFlow.newId(), time(lease), body)),
                forgery(
                        "of long before",
                        "signed at another time",
                        (lease, body) -> signed(id(lease), time(lease) - 302, body)),
                forgery(
                        "of long after",
                        "signed at another time",
                        (lease, body) -> signed(id(lease), time(lease) + 3600, body)),
                forgery("of no time", "signed at another time", (lease, body) -> at(lease, body, "soon")),
                forgery(
                        "of the end of time",
                        "signed at another time",
                        (lease, body) -> at(lease, body, Long.toString(Long.MAX_VALUE))),
                forgery(
                        "with another algorithm",
                        "signed with another secret",
                        (lease, body) -> changed(lease, body, Signature.SIGNATURES, "v1a,AAAA v0,AAAA , v1")),
                forgery(
                        "with an empty one",
                        "signed with another secret",
                        (lease, body) -> changed(lease, body, Signature.SIGNATURES, " ")));
    }

    private static Arguments forgery(String name, String reason, Forgery forgery) {
        return Arguments.of(name, reason, forgery);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void aForgedAnswerDecidesNothing(String name, String reason, Forgery forgery) {
        var before = unproven();
        for (var decision : List.of("COMMITTED", "ROLLED_BACK")) {
            var id = checkers.overdue(flow);
            var lease = checkers.leaseOne();
            var body = Checkers.decisions(decision, id);

            checkers.answer(lease, 200, body, forgery.of(lease, body));

            assertThat(flow.get(id).text("state")).isEqualTo("PENDING_CONFIRM");
            assertThat(checkers.events(id)).containsExactly("UNKNOWN (%s)".formatted(reason));
            checkers.quiet();
        }
        assertThat(unproven()).isEqualTo(before + 2);
    }

    @Test
    void aReportWithoutAnyHeadersIsNotSigned() {
        var id = checkers.overdue(flow);
        var lease = checkers.leaseOne();

        checkers.service()
                .as(Key.WORKER)
                .post(
                        "/jobs/checkbacks/report",
                        Map.of(
                                "lease", lease.path("lease").asString(),
                                "status", 200,
                                "body",
                                        Base64.getEncoder()
                                                .encodeToString(Checkers.decisions("COMMITTED", id)
                                                        .getBytes(UTF_8))))
                .is(200);

        assertThat(checkers.events(id)).containsExactly("UNKNOWN (not signed)");
    }

    @Test
    void theSignatureIsCheckedByTheLeaseAndNotByTheClock() {
        var id = checkers.overdue(flow);
        var lease = checkers.leaseOne();
        checkers.update("UPDATE checkback_lease SET leased_at = leased_at - interval '50 min',"
                + " expires_at = expires_at - interval '50 min'");
        var body = Checkers.decisions("COMMITTED", id);

        checkers.answer(lease, 200, body, signed(id(lease), time(lease) - 50 * 60, body));

        assertThat(flow.get(id).text("state")).isEqualTo("SENDING");
    }

    /** While its replicas change the secret one after the other, they answer with either. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothSecretsCountWhileTheyAreChanged(boolean withTheNext) {
        register(Map.of("checkUrl", Checkers.URL, "checkSecret", NEXT));
        var id = checkers.overdue(flow);
        var lease = checkers.leaseOne();
        var question = lease.path("body").asString();
        var body = Checkers.decisions("COMMITTED", id);

        assertThat(lease.at("/headers/webhook-signature").asString().split(" "))
                .containsExactly(
                        Checkers.signature(lease, NEXT, question).signatures(),
                        Checkers.signature(lease, Checkers.SECRET, question).signatures());
        checkers.answer(
                lease,
                200,
                body,
                Checkers.signature(lease, withTheNext ? NEXT : Checkers.SECRET, body)
                        .headers());
        assertThat(flow.get(id).text("state")).isEqualTo("SENDING");
    }

    @Test
    void theFormerSecretEndsAfterAnHour() {
        register(Map.of("checkUrl", Checkers.URL, "checkSecret", NEXT));
        checkers.update(
                "UPDATE application SET former_check_secret_until = former_check_secret_until - interval '1 h'");
        var id = checkers.overdue(flow);
        var lease = checkers.leaseOne();

        checkers.answer(lease, "COMMITTED", id);

        assertThat(lease.at("/headers/webhook-signature").asString()).doesNotContain(" ");
        assertThat(checkers.events(id)).containsExactly("UNKNOWN (signed with another secret)");
    }

    @Test
    void registeringTheSameSecretAgainKeepsTheFormerOne() {
        register(Map.of("checkUrl", Checkers.URL, "checkSecret", NEXT));
        for (var replica = 0; replica < 3; replica++) {
            register(Map.of("checkUrl", Checkers.URL, "checkSecret", NEXT));
        }
        var id = checkers.overdue(flow);
        var lease = checkers.leaseOne();

        checkers.answer(lease, "COMMITTED", id);

        assertThat(flow.get(id).text("state")).isEqualTo("SENDING");
    }

    @Test
    void anApplicationMaySwitchItOff() {
        register(Map.of("checkUrl", Checkers.URL, "checkAnswers", CheckAnswers.UNSIGNED));
        var id = checkers.overdue(flow);
        var lease = checkers.leaseOne();

        checkers.answer(lease, 200, Checkers.decisions("ROLLED_BACK", id), Map.of());

        assertThat(flow.get(id).text("state")).isEqualTo("CANCELLED");
        register(Map.of("checkUrl", Checkers.URL));
        var signed = checkers.overdue(flow);
        checkers.answer(checkers.leaseOne(), 200, Checkers.decisions("ROLLED_BACK", signed), Map.of());
        assertThat(flow.get(signed).text("state")).isEqualTo("PENDING_CONFIRM");
    }

    /** What was asked before has an answer, but nobody to prove it. */
    @Test
    void whoIsNotAskedAnyMoreProvesNothing() {
        var id = checkers.overdue(flow);
        var lease = checkers.leaseOne();
        register(Map.of());

        checkers.answer(lease, "COMMITTED", id);

        assertThat(checkers.events(id)).containsExactly("UNKNOWN (no secret that can be read)");
    }

    @Test
    void aSecretWhoseKeyIsLostIsNotSaidToBeAnother() {
        var id = checkers.overdue(flow);
        var lease = checkers.leaseOne();
        checkers.update("UPDATE application SET check_secret_key = 'lost' WHERE name = 'shop'");

        checkers.answer(lease, "COMMITTED", id);

        assertThat(checkers.events(id)).containsExactly("UNKNOWN (no secret that can be read)");
    }

    private void register(Map<String, ?> request) {
        checkers.service()
                .as(Key.PRODUCER)
                .put("/application", new HashMap<>(request))
                .is(200);
    }

    private double unproven() {
        return checkers.service()
                .bean(MeterRegistry.class)
                .get("reliable.message.checkback.unproven")
                .counter()
                .count();
    }

    private static String id(JsonNode lease) {
        return lease.at("/headers/webhook-id").asString();
    }

    private static long time(JsonNode lease) {
        return lease.at("/headers/webhook-timestamp").asLong();
    }

    private static Map<String, String> signed(String id, long timestamp, String body) {
        return Signature.of(
                        List.of(WebhookSecrets.decoded("secret", Checkers.SECRET)), id, timestamp, body.getBytes(UTF_8))
                .headers();
    }

    private static Map<String, String> at(JsonNode lease, String body, String timestamp) {
        return changed(lease, body, Signature.TIMESTAMP, timestamp);
    }

    private static Map<String, String> changed(JsonNode lease, String body, String header, String value) {
        var headers =
                new HashMap<>(Checkers.signature(lease, Checkers.SECRET, body).headers());
        headers.put(header, value);
        return headers;
    }

    private static Map<String, String> without(JsonNode lease, String body, String header) {
        var headers =
                new HashMap<>(Checkers.signature(lease, Checkers.SECRET, body).headers());
        headers.remove(header);
        return headers;
    }

    /** Who has seen the question has a signature of the application's secret. */
    private static Map<String, String> signatureOfQuestion(JsonNode lease) {
        var headers = new HashMap<String, String>();
        Signature.HEADERS.forEach(
                name -> headers.put(name, lease.at("/headers/" + name).asString()));
        return headers;
    }

    private static String secret(String text) {
        return "whsec_" + Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
