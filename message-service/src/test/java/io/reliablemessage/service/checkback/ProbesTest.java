package io.reliablemessage.service.checkback;

import static io.reliablemessage.api.MessageState.CANCELLED;
import static io.reliablemessage.api.MessageState.PENDING_CONFIRM;
import static io.reliablemessage.api.MessageState.SENDING;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import java.util.HashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A check URL is asked about a message that does not exist, of a store that does not exist. */
@Tag("ledger")
class ProbesTest {

    private static final String ANSWER = "{\"decisions\":[{\"id\":\"%s\",\"decision\":\"%s\",\"store\":%s}]}";

    private static Checkers checkers;

    private MessageFlow route;

    @BeforeAll
    static void start() {
        var settings = new HashMap<String, Object>(Checkers.settings());
        settings.put("message-service.checkback.probe-interval", "1h");
        checkers = Checkers.start(settings);
    }

    @AfterAll
    static void stop() {
        checkers.service().close();
    }

    @BeforeEach
    void oneIsDueAtRegistration() {
        checkers.quiet();
        checkers.update("UPDATE application SET check_copies = false, probe_due_at = now() + interval '1 year'");
        checkers.register(Key.PRODUCER);
        route = checkers.service().newRoute();
    }

    @Test
    void aProbeComesAtRegistrationAndEveryHour() {
        var probe = checkers.leaseOne();

        assertThat(probe.path("application").asString()).isEqualTo("shop");
        assertThat(Checkers.messages(probe)).singleElement().satisfies(message -> {
            assertThat(message.path("topic").asString()).isEqualTo("reliable-message.probe");
            assertThat(message.path("checkRef").asString()).hasSize(36);
        });
        answer(probe, "UNKNOWN", "null");
        assertThat(checkers.lease(10)).isEmpty();
        assertThat(secondsToNext()).isBetween(3_500.0, 3_600.0);
    }

    @Test
    void oneWithoutAnAnswerIsRepeatedSoon() {
        checkers.fail(checkers.leaseOne(), "UNREACHABLE");

        assertThat(secondsToNext()).isBetween(200.0, 300.0);
        assertThat(failures()).as("it is no sign of trouble with messages").isZero();
    }

    @Test
    void oneThatNobodyReportsIsRepeatedSoon() {
        checkers.leaseOne();

        assertThat(secondsToNext()).isBetween(200.0, 300.0);
    }

    /** Its own store, or none, says that it has looked. */
    @ParameterizedTest
    @CsvSource({"UNKNOWN, REF", "ROLLED_BACK, null", "ROLLED_BACK, OWN"})
    void whoReadsHisOwnStoreIsBelieved(String decision, String store) {
        answer(checkers.leaseOne(), decision, store);
        var id = pendingOf("OWN");

        answer(checkers.leaseOne(), "ROLLED_BACK", "OWN");

        route.get(id).hasState(CANCELLED);
    }

    @Test
    void whoCopiesTheStoreOfTheQuestionCancelsNothing() {
        var before = probes("rolled_back");
        answer(checkers.leaseOne(), "ROLLED_BACK", "REF");
        assertThat(probes("rolled_back")).isEqualTo(before + 1);

        var id = pendingOf("OWN");
        answer(checkers.leaseOne(), "ROLLED_BACK", "OWN");
        route.get(id).hasState(PENDING_CONFIRM);
        assertThat(checkers.events(id)).containsExactly("UNKNOWN (ROLLED_BACK with a copied store)");

        checkers.due(id);
        answer(checkers.leaseOne(), "COMMITTED", "OWN");
        route.get(id).hasState(SENDING);
        var withoutStore = checkers.overdue(route);
        checkers.answerAll(checkers.leaseOne(), "ROLLED_BACK");
        route.get(withoutStore).hasState(CANCELLED);
    }

    @Test
    void whoIsMendedIsBelievedAfterItsNextProbe() {
        answer(checkers.leaseOne(), "ROLLED_BACK", "REF");
        checkers.register(Key.PRODUCER);
        answer(checkers.leaseOne(), "UNKNOWN", "null");
        var id = pendingOf("OWN");

        answer(checkers.leaseOne(), "ROLLED_BACK", "OWN");

        route.get(id).hasState(CANCELLED);
    }

    @Test
    void aLateOrRepeatedReportChangesNothing() {
        var probe = checkers.leaseOne();
        checkers.pass(probe);
        answer(probe, "ROLLED_BACK", "REF");

        var id = pendingOf("OWN");
        answer(checkers.leaseOne(), "ROLLED_BACK", "OWN");

        route.get(id).hasState(CANCELLED);
    }

    @Test
    void theAnswerOfAFormerUrlSaysNothingOfTheNewOne() {
        var ofFormer = checkers.leaseOne();
        checkers.register(Key.PRODUCER);

        answer(ofFormer, "ROLLED_BACK", "REF");

        assertThat(secondsToNext()).isNotPositive();
        var id = pendingOf("OWN");
        var ofNew = checkers.leaseOne();
        answer(ofFormer, "ROLLED_BACK", "REF");
        answer(ofNew, "UNKNOWN", "null");
        answer(checkers.leaseOne(), "ROLLED_BACK", "OWN");
        route.get(id).hasState(CANCELLED);
    }

    @Test
    void whoCommitsWhatDoesNotExistIsTold() {
        var before = probes("committed");

        answer(checkers.leaseOne(), "COMMITTED", "null");

        assertThat(probes("committed")).isEqualTo(before + 1);
    }

    /** @param store REF for that of the question */
    private static void answer(JsonNode lease, String decision, String store) {
        var message = Checkers.messages(lease).getFirst();
        var quoted = switch (store) {
            case "null" -> "null";
            case "REF" -> "\"%s\"".formatted(message.path("checkRef").asString());
            default -> "\"%s\"".formatted(store);
        };
        checkers.answer(lease, 200, ANSWER.formatted(message.path("id").asString(), decision, quoted));
    }

    private String pendingOf(String store) {
        var prepared = new HashMap<String, Object>(route.message(MessageFlow.newId()));
        prepared.put("checkRef", store);
        return checkers.due(checkers.service()
                .as(Key.PRODUCER)
                .post("/messages/prepare", prepared)
                .is(201)
                .id());
    }

    private static double probes(String answer) {
        return checkers.service()
                .bean(MeterRegistry.class)
                .get("reliable.message.checkback.probes")
                .tag("answer", answer)
                .counter()
                .count();
    }

    private static double secondsToNext() {
        return shop("extract(EPOCH FROM probe_due_at - now())");
    }

    private static double failures() {
        return shop("check_failures");
    }

    private static double shop(String what) {
        return checkers.service()
                .jdbc()
                .sql("SELECT %s FROM application WHERE name = 'shop'".formatted(what))
                .query(Double.class)
                .single();
    }
}
