package io.reliablemessage.service.checkback;

import static io.reliablemessage.api.MessageState.CANCELLED;
import static io.reliablemessage.api.MessageState.PENDING_CONFIRM;
import static io.reliablemessage.api.MessageState.SENDING;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.service.checkback.Checkers.decisions;
import static io.reliablemessage.service.checkback.Checkers.ids;
import static io.reliablemessage.service.checkback.Checkers.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.standardwebhooks.Webhook;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("ledger")
class CheckbackTest {

    private final Checkers checkers = Checkers.shared();
    private final Service service = checkers.service();
    private final MessageFlow route = service.newRoute();

    @BeforeEach
    void nothingElseIsDue() {
        checkers.quiet();
    }

    @Test
    void asksAfterTheTimeThatTheTopicOrTheMessageGives() {
        var patient = new HashMap<>(route.message(MessageFlow.newId()));
        patient.put("checkAfter", "PT2H");
        var id = service.as(Key.PRODUCER)
                .post("/messages/prepare", patient)
                .is(201)
                .id();

        assertThat(checkers.wait(id)).isCloseTo(7200, within(60.0));
        assertThat(checkers.wait(route.pending())).isCloseTo(60, within(30.0));
        assertThat(checkers.lease(10)).isEmpty();
    }

    @Test
    void handsOutAFinishedRequest() {
        var id = pendingOf("store-7");
        checkers.due(id);

        var request = checkers.leaseOne();

        assertThat(request.path("url").asString()).isEqualTo(Checkers.URL);
        assertThat(request.path("application").asString()).isEqualTo("shop");
        assertThat(request.path("deadline").asString()).isEqualTo("PT5S");
        assertThat(request.path("body").asString())
                .isEqualTo(
                        "{\"messages\":[{\"id\":\"%s\",\"topic\":\"%s\",\"key\":\"A-1\",\"checkRef\":\"store-7\",\"attempt\":1}]}",
                        id, route.topic());
        assertThat(request.toString()).doesNotContain("whsec_");
    }

    /** Only what nobody can be asked about needs no store. */
    @Test
    void aHalfMessageNamesItsStoreWhereThatIsRequired() {
        var producer = service.as(Key.PRODUCER);
        var settings = Map.of("checkUrl", Checkers.URL, "requireCheckRef", true);
        assertThat(producer.put("/application", settings)
                        .is(200)
                        .body()
                        .path("requireCheckRef")
                        .asBoolean())
                .isTrue();

        assertThat(route.prepare(MessageFlow.newId()).is(INVALID_REQUEST).text("detail"))
                .contains("checkRef is missing");
        producer.post("/messages", route.message(MessageFlow.newId())).is(201);
        pendingOf("store-7");
        service.as(Key.OTHER_PRODUCER)
                .put("/application", Map.of("checkUrl", Checkers.URL))
                .is(200);

        checkers.register(Key.PRODUCER);
        route.prepare(MessageFlow.newId()).is(201);
    }

    @Test
    void signsAsTheReferenceImplementationExpects() throws Exception {
        checkers.overdue(route);
        var request = checkers.leaseOne();
        var headers = new HashMap<String, List<String>>();
        request.path("headers")
                .propertyStream()
                .forEach(header ->
                        headers.put(header.getKey(), List.of(header.getValue().asString())));

        new Webhook(Checkers.SECRET)
                .verify(request.path("body").asString(), HttpHeaders.of(headers, (name, value) -> true));
    }

    @Test
    void confirmsWhatWasCommitted() throws IOException {
        var id = checkers.overdue(route);

        var receipt = checkers.answerAll(checkers.leaseOne(), "COMMITTED");

        assertThat(receipt.body().path("confirmed").asInt()).isOne();
        var message = route.get(id).hasState(SENDING);
        assertThat(message.text("decidedBy")).isEqualTo("check-back");
        assertThat(message.body().at("/checkbacks/attempts").asInt()).isOne();
        assertThat(message.body().at("/checkbacks/lastAnswer").asString()).isEqualTo("COMMITTED");
        try (var queue = new QueueConsumer(service, route.queue())) {
            assertThat(queue.next().getProps().getMessageId()).isEqualTo(id);
        }
        route.ack(id).is(200);
    }

    @Test
    void tellsTheAnswerBeforeTheDecisionThatItBrought() {
        var id = checkers.overdue(route);
        checkers.answerAll(checkers.leaseOne(), "UNKNOWN");
        checkers.due(id);
        checkers.answerAll(checkers.leaseOne(), "ROLLED_BACK");

        var entries = service.as(Key.PRODUCER)
                .get("/messages/%s/timeline".formatted(id))
                .is(200)
                .body()
                .path("items");

        assertThat(entries.valueStream().map(entry -> entry.path("kind").asString()))
                .containsExactly("PREPARED", "CHECKED_BACK", "CHECKED_BACK", "CANCELLED");
        assertThat(entries.path(2).path("detail").asString()).isEqualTo("ROLLED_BACK");
    }

    @Test
    void cancelsWhatWasRolledBack() {
        var id = checkers.overdue(route);

        var receipt = checkers.answerAll(checkers.leaseOne(), "ROLLED_BACK");

        assertThat(receipt.body().path("cancelled").asInt()).isOne();
        assertThat(route.get(id).hasState(CANCELLED).text("decidedBy")).isEqualTo("check-back");
        assertThat(checkers.lease(10)).isEmpty();
    }

    @Test
    void whatIsNotSaidAboutOneMessageDoesNotKeepTheOthersFromBeingDecided() {
        var committed = checkers.overdue(route);
        var rolledBack = checkers.overdue(route);
        var contradicted = checkers.overdue(route);
        var missing = checkers.overdue(route);
        var item = "{\"id\":\"%s\",\"decision\":\"%s\"}";

        var receipt = checkers.answer(
                checkers.leaseOne(),
                200,
                "{\"decisions\":[%s,%s,%s,%s,%s]}"
                        .formatted(
                                item.formatted(committed, "COMMITTED"),
                                item.formatted(rolledBack, "ROLLED_BACK"),
                                item.formatted(contradicted, "COMMITTED"),
                                item.formatted(committed, "COMMITTED"),
                                item.formatted(contradicted, "ROLLED_BACK")));

        assertThat(receipt.body().path("undecided").asInt()).isEqualTo(2);
        route.get(committed).hasState(SENDING);
        route.get(rolledBack).hasState(CANCELLED);
        route.get(contradicted).hasState(PENDING_CONFIRM);
        route.get(missing).hasState(PENDING_CONFIRM);
    }

    @Test
    void anAnswerDecidesNothingAboutMessagesThatWereNotAskedAbout() {
        var foreign = service.newRoute().pending();
        var asked = checkers.overdue(route);

        checkers.answer(checkers.leaseOne(), 200, decisions("COMMITTED", foreign, MessageFlow.newId()));

        route.get(foreign).hasState(PENDING_CONFIRM);
        route.get(asked).hasState(PENDING_CONFIRM);
    }

    /** A copy of the database, or another one behind the same address, knows nothing of the order that was committed. */
    @Test
    void onlyTheMessagesOwnStoreMayCallItRolledBack() {
        var id = pendingOf("store-7");
        for (var store : List.of("", ",\"store\":null", ",\"store\":\"store-8\"")) {
            checkers.due(id);
            checkers.answer(
                    checkers.leaseOne(),
                    200,
                    "{\"decisions\":[{\"id\":\"%s\",\"decision\":\"ROLLED_BACK\"%s}]}".formatted(id, store));

            var message = route.get(id).hasState(PENDING_CONFIRM);
            assertThat(message.body().at("/checkbacks/lastAnswer").asString())
                    .isEqualTo("UNKNOWN (ROLLED_BACK by another store)");
        }

        checkers.due(id);
        checkers.answer(
                checkers.leaseOne(),
                200,
                "{\"decisions\":[{\"id\":\"%s\",\"decision\":\"ROLLED_BACK\",\"store\":\"store-7\"}]}".formatted(id));

        route.get(id).hasState(CANCELLED);
    }

    /** Of a message from before such a {@code checkRef} was refused. */
    @Test
    void aStoreThatNobodySeesIsNoStore() {
        for (var store : List.of("", " ", "\u200b")) {
            var id = checkers.due(pendingOf("store-7"));
            service.jdbc()
                    .sql("UPDATE message SET check_ref = :store WHERE id = :id::uuid")
                    .param("store", store)
                    .param("id", id)
                    .update();

            checkers.answer(
                    checkers.leaseOne(),
                    200,
                    "{\"decisions\":[{\"id\":\"%s\",\"decision\":\"ROLLED_BACK\",\"store\":\"%s\"}]}"
                            .formatted(id, store));

            route.get(id).hasState(PENDING_CONFIRM);
            assertThat(checkers.events(id)).containsExactly("UNKNOWN (ROLLED_BACK by another store)");
        }
    }

    @Test
    void whatAnyStoreCallsCommittedIsConfirmed() {
        var id = pendingOf("store-7");
        checkers.due(id);

        checkers.answerAll(checkers.leaseOne(), "COMMITTED");

        route.get(id).hasState(SENDING);
    }

    private String pendingOf(String store) {
        var prepared = new HashMap<>(route.message(MessageFlow.newId()));
        prepared.put("checkRef", store);
        return service.as(Key.PRODUCER)
                .post("/messages/prepare", prepared)
                .is(201)
                .id();
    }

    @Test
    void anIdMayBeInCapitals() {
        var id = checkers.overdue(route);

        checkers.answer(checkers.leaseOne(), 200, decisions("COMMITTED", id.toUpperCase(java.util.Locale.ROOT)));

        route.get(id).hasState(SENDING);
    }

    @Test
    void anAnswerThatNamesNoneOfTheAskedSaysSo() {
        for (var body : List.of(
                decisions("COMMITTED", MessageFlow.newId()),
                decisions("COMMITTED", "order-7"),
                "{\"decisions\":[{\"decision\":\"COMMITTED\"}]}")) {
            var asked = checkers.overdue(route);

            checkers.answer(checkers.leaseOne(), 200, body);

            assertThat(checkers.events(asked)).containsExactly("UNKNOWN (names none of the messages asked about)");
        }
        var left = checkers.overdue(route);
        checkers.answer(checkers.leaseOne(), 200, "{\"decisions\":[]}");
        assertThat(checkers.events(left)).containsExactly("UNKNOWN");
    }

    @Test
    void waitsLongerAfterEachAskButNeverMoreThanFiveMinutes() {
        var id = checkers.overdue(route);
        var waits = new ArrayList<Double>();
        for (var ask = 1; ask <= 6; ask++) {
            checkers.answerAll(checkers.leaseOne(), "UNKNOWN");
            waits.add(checkers.wait(id));
            checkers.due(id);
        }

        assertThat(waits.get(0)).isBetween(19.0, 22.0);
        assertThat(waits.get(1)).isBetween(39.0, 44.0);
        assertThat(waits.get(2)).isBetween(79.0, 88.0);
        assertThat(waits.get(3)).isBetween(159.0, 176.0);
        assertThat(waits.get(4)).isBetween(299.0, 330.0);
        assertThat(waits.get(5)).isBetween(299.0, 330.0);
    }

    @Test
    void isSuspectAfterFifteenAsksAndStillAsked() {
        var id = checkers.overdue(route);
        for (var ask = 1; ask <= 14; ask++) {
            checkers.answerAll(checkers.leaseOne(), "UNKNOWN");
            checkers.due(id);
        }
        assertThat(route.get(id).body().path("suspect").asBoolean()).isFalse();

        checkers.answerAll(checkers.leaseOne(), "UNKNOWN");

        assertThat(route.get(id).body().path("suspect").asBoolean()).isTrue();
        checkers.due(id);
        assertThat(messages(checkers.leaseOne()).getFirst().path("attempt").asInt())
                .isEqualTo(16);
    }

    @Test
    void isSuspectHalfAnHourAfterItShouldHaveBeenDecided() {
        var id = route.pending();
        service.jdbc()
                .sql("UPDATE message SET decision_due_at = now() - interval '31 min' WHERE id = :id::uuid")
                .param("id", id)
                .update();

        assertThat(route.get(id).body().path("suspect").asBoolean()).isTrue();
    }

    @Test
    void tellsTheTimelineOnlyWhatChanges() {
        var id = checkers.overdue(route);
        checkers.fail(checkers.leaseOne(), "TIMEOUT");
        checkers.due(id);
        checkers.fail(checkers.leaseOne(), "TIMEOUT");
        checkers.due(id);
        checkers.answerAll(checkers.leaseOne(), "UNKNOWN");
        checkers.due(id);
        checkers.answerAll(checkers.leaseOne(), "COMMITTED");

        assertThat(checkers.events(id)).containsExactly("UNKNOWN (TIMEOUT)", "UNKNOWN", "COMMITTED");
        assertThat(route.get(id).body().at("/checkbacks/attempts").asInt()).isEqualTo(4);
    }

    @Test
    void aMessageNobodySubscribesToAnyMoreStaysPending() {
        var id = checkers.overdue(route);
        service.jdbc()
                .sql("UPDATE subscription SET retired_at = now() - interval '1 h' WHERE topic = :topic")
                .param("topic", route.topic())
                .update();

        var receipt = checkers.answerAll(checkers.leaseOne(), "COMMITTED");

        assertThat(receipt.body().path("undecided").asInt()).isOne();
        var message = route.get(id).hasState(PENDING_CONFIRM);
        assertThat(message.body().at("/checkbacks/lastAnswer").asString()).isEqualTo("COMMITTED");
        assertThat(checkers.wait(id)).isGreaterThan(15);
    }

    @Test
    void takesNoReportOfNothing() {
        for (var report : List.of(
                Map.of("lease", MessageFlow.newId()),
                Map.of("lease", MessageFlow.newId(), "status", 200, "failure", "TIMEOUT"),
                Map.of("lease", "mine", "status", 200))) {
            service.as(Key.WORKER).post("/jobs/checkbacks/report", report).is(INVALID_REQUEST);
        }
        for (var limit : new int[] {0, 201}) {
            service.as(Key.WORKER)
                    .post("/jobs/checkbacks/lease", Map.of("limit", limit))
                    .is(INVALID_REQUEST);
        }
    }

    @Test
    void aReportForALeaseThatIsForgottenIsLate() {
        checkers.overdue(route);
        var lease = checkers.leaseOne();
        checkers.update("DELETE FROM checkback_lease");

        assertThat(late(checkers.answer(lease, "COMMITTED", ids(lease).getFirst())
                        .body()))
                .isTrue();
        route.get(ids(lease).getFirst()).hasState(PENDING_CONFIRM);
    }

    private static boolean late(JsonNode receipt) {
        return receipt.path("late").asBoolean();
    }
}
