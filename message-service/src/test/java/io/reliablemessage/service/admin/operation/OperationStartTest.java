package io.reliablemessage.service.admin.operation;

import static io.reliablemessage.api.ProblemType.CONTENT_DIFFERS;
import static io.reliablemessage.api.ProblemType.COUNT_DIFFERS;
import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.operation.OperationOutcome;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.admin.OperatorClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The scope of an operation, who may start it, and how it is listed. */
@Tag("ledger")
class OperationStartTest {

    private static final Map<String, ?> PLAIN = Map.of();

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();
    private final OperatorClient operators = new OperatorClient(service, route);

    @Test
    void aPreviewSaysWhatWouldBeDoneAndDoesNothing() {
        var other = route.subscribe(Key.CONSUMER, Map.of());
        var ids = operators.dead(3);
        var both = route.dead();
        route.cancelled();

        var preview = operators.preview("RESEND").body();

        assertThat(preview.path("matched").asInt()).isEqualTo(5);
        assertThat(preview.path("messages").asInt()).isEqualTo(4);
        assertThat(preview.path("eligible").asInt()).isEqualTo(4);
        assertThat(preview.path("capped").asBoolean()).isFalse();
        assertThat(preview.path("notEligible")).hasToString("[{\"reason\":\"SENDING\",\"count\":1}]");
        assertThat(preview.path("byTopic"))
                .hasToString("[{\"topic\":\"%s\",\"matched\":5,\"eligible\":4}]".formatted(route.topic()));
        assertThat(preview.path("bySubscription"))
                .hasToString(
                        "[{\"subscription\":\"%s\",\"matched\":4,\"eligible\":4},{\"subscription\":\"%s\",\"matched\":1,\"eligible\":0}]"
                                .formatted(route.subscription(), other.subscription()));
        assertThat(preview.path("sample")
                        .valueStream()
                        .map(message -> message.path("id").asString()))
                .startsWith(ids.getFirst())
                .hasSize(4);
        assertThat(operators.preview("DISCARD").body().path("eligible").asInt()).isEqualTo(5);
        assertThat(operators.deliveryOf(both)).isEqualTo("DEAD");
    }

    @Test
    void theFilterIsAboutTheVeryDeliveriesOfWhichItHolds() {
        var other = route.subscribe(Key.CONSUMER, Map.of());
        route.dead();
        var filter = Map.of("topic", route.topic(), "subscription", other.subscription());

        assertThat(preview(filter).path("notEligible")).hasToString("[{\"reason\":\"SENDING\",\"count\":1}]");
        assertThat(preview(Map.of("topic", route.topic(), "state", "DEAD"))
                        .path("matched")
                        .asInt())
                .isOne();
    }

    @Test
    void whatEndedOfOneCauseIsResentByIt() {
        var rejected = route.confirmed();
        route.reject(rejected).is(200);
        operators.dead(1);
        var cause = service.as(Key.NOTHING)
                .get("/admin/causes?state=REJECTED&subscription=" + route.subscription())
                .is(200)
                .body()
                .at("/items/0/id")
                .asString();
        var request = operators.request("RESEND", 1, PLAIN);
        request.put("filter", Map.of("cause", cause));

        assertThat(preview(Map.of("cause", cause)).path("matched").asInt()).isOne();
        var id = operators
                .as("operator", "POST", "/admin/operations", request)
                .is(201)
                .id();
        operators.work();

        assertThat(operators.ids(id, OperationOutcome.RESENT)).containsExactly(rejected);
        var audit = service.as(Key.NOTHING).get("/admin/audit?target=" + id).is(200);
        assertThat(audit.body().at("/items/0/filter/cause").asString()).isEqualTo(cause);
        assertThat(audit.body().at("/items/0/count").asInt()).isOne();
    }

    @Test
    void singleMessagesAreActedUponByTheirIds() {
        var other = route.subscribe(Key.CONSUMER, Map.of());
        var ids = operators.dead(3);
        var both = route.dead();
        other.force(both, DeliveryState.DEAD);
        var filter = Map.of(
                "ids",
                List.of(ids.get(0), ids.get(2), both, MessageFlow.newId()),
                "subscription",
                route.subscription());
        var request = operators.request("RESEND", 3, Map.of("canary", 1));
        request.put("filter", filter);

        assertThat(preview(filter).path("matched").asInt()).isEqualTo(3);
        assertThat(preview(Map.of("ids", List.of(both))).path("matched").asInt())
                .isEqualTo(2);
        var id = operators
                .as("operator", "POST", "/admin/operations", request)
                .is(201)
                .id();
        operators.command(id, "pause").is(200);
        operators.command(id, "resume").is(200);
        operators.work();

        assertThat(operators.ids(id, OperationOutcome.RESENT)).containsExactly(ids.getFirst());
        assertThat(operators.ids(id, OperationOutcome.WAITING)).containsExactly(ids.get(2), both);
        operators.addsUp(id);
        var audit = service.as(Key.NOTHING).get("/admin/audit?target=" + id).is(200);
        assertThat(audit.body().findPath("filter").path("ids")).hasSize(4);
        assertThat(operators.deliveryOf(ids.get(1))).isEqualTo("DEAD");
    }

    @Test
    void whatIsOldAndWasSentOftenIsActedUpon() {
        operators.dead(1);
        var tried = Map.of("topic", route.topic(), "minAttempts", 12);

        assertThat(preview(tried).path("matched").asInt()).isOne();
        assertThat(preview(Map.of("topic", route.topic(), "minAttempts", 13))
                        .path("matched")
                        .asInt())
                .isZero();
        assertThat(preview(Map.of("topic", route.topic(), "olderThan", "PT1H"))
                        .path("matched")
                        .asInt())
                .isZero();
        for (var filter : List.of(
                Map.of("ids", List.of()),
                Map.of("ids", java.util.Collections.nCopies(501, MessageFlow.newId())),
                Map.of("olderThan", "-PT1S"),
                Map.of("minAttempts", -1))) {
            assertThat(operators
                            .as(
                                    "operator",
                                    "POST",
                                    "/admin/operations/preview",
                                    Map.of("action", "RESEND", "filter", filter))
                            .is(INVALID_REQUEST)
                            .text("detail"))
                    .contains(filter.keySet().iterator().next());
        }
    }

    private JsonNode preview(Map<String, ?> filter) {
        return operators
                .as("operator", "POST", "/admin/operations/preview", Map.of("action", "RESEND", "filter", filter))
                .is(200)
                .body();
    }

    /** A condition that cannot be read, or says nothing, must not be left out: all would match. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"key\":\"\"",
                "\"key\":\" \"",
                "\"key\":\"\\u0001\"",
                "\"key\":\"\\u200b\"",
                "\"topic\":\"\"",
                "\"subscription\":\" \"",
                "\"producer\":\"\"",
                "\"state\":\"\"",
                "\"state\":\"dead\"",
                "\"state\":1",
                "\"overdue\":\"\"",
                "\"suspect\":\"true\"",
                "\"suspect\":1",
                "\"cause\":\"\"",
                "\"cause\":\"1\"",
                "\"minAttempts\":\"\"",
                "\"minAttempts\":\"3\"",
                "\"olderThan\":\"\"",
                "\"olderThan\":3600",
                "\"ids\":\"\"",
                "\"ids\":[\"\"]",
                "\"ids\":[\"1-2-3-4-5\"]",
                "\"from\":\"\"",
                "\"from\":\" \"",
                "\"from\":1767225600",
                "\"from\":\"2030-01-01\"",
                "\"to\":\"\"",
                "\"to\":\"2030-01-01T00:00:00\"",
                "\"too\":\"2030-01-01T00:00:00Z\""
            })
    void aConditionThatCannotBeReadNeverMatchesEverything(String condition) {
        for (var path : List.of("/admin/operations/preview", "/admin/operations")) {
            var request =
                    "{\"action\":\"RESEND\",\"expected\":1,\"reason\":\"test\",\"filter\":{%s}}".formatted(condition);

            assertThat(operators.as("lead", "POST", path, request).status())
                    .as(path)
                    .isIn(400, 422);
        }
    }

    @Test
    void aTimeMayHaveAnOffset() {
        operators.dead(1);

        assertThat(preview(Map.of("topic", route.topic(), "from", "2020-01-01T08:00:00+08:00"))
                        .path("matched")
                        .asInt())
                .isOne();
        assertThat(preview(Map.of("topic", route.topic(), "from", "2090-01-01T08:00:00+08:00"))
                        .path("matched")
                        .asInt())
                .isZero();
    }

    @Test
    void onlyWhatWasPreviewedIsDiscarded() {
        var seen = operators.dead(2);
        var fingerprint = operators.preview("DISCARD").text("fingerprint");
        route.ack(seen.getFirst()).is(200);
        var filter = Map.of("topic", route.topic(), "state", "DEAD");
        var unseen = operators.dead(1).getFirst();
        var request = operators.request("DISCARD", 3, Map.of());
        request.put("fingerprint", fingerprint);

        operators.as("lead", "POST", "/admin/operations", request).is(COUNT_DIFFERS);
        request.put("filter", filter);
        request.put("expected", 2);
        operators.as("lead", "POST", "/admin/operations", request).is(COUNT_DIFFERS);
        request.remove("fingerprint");
        assertThat(operators
                        .as("lead", "POST", "/admin/operations", request)
                        .is(INVALID_REQUEST)
                        .text("detail"))
                .contains("fingerprint");
        assertThat(operators.deliveryOf(unseen)).isEqualTo("DEAD");

        request.put("fingerprint", preview(filter).path("fingerprint").asString());
        operators.as("lead", "POST", "/admin/operations", request).is(201);
    }

    @Test
    void nothingIsDoneIfMoreMatchesThanWasExpected() {
        operators.dead(3);

        var refused = operators.resend(2, PLAIN).is(COUNT_DIFFERS);

        assertThat(refused.body().path("matched").asInt()).isEqualTo(3);
        operators.resend(4, PLAIN).is(201); // less is none of the operator's worries
    }

    @Test
    void whatIsBeyondTheDedupeWindowIsResentOnlyIfTheOperatorSaysSo() {
        var ids = operators.dead(2);
        service.jdbc()
                .sql("UPDATE delivery SET deliverable_at = now() - interval '31 days' WHERE message_id = :id::uuid")
                .param("id", ids.getFirst())
                .update();
        var careful = operators.started(2, PLAIN);
        operators.work();

        assertThat(operators.skipped(careful)).isEqualTo(Map.of(ids.getFirst(), "DEDUPE_WINDOW"));
        operators.addsUp(careful);
        operators.started(2, Map.of("runAgain", true));
        operators.work();
        assertThat(operators.deliveryOf(ids.getFirst())).isEqualTo("SENDING");
    }

    @Test
    void discardsAndLargeOperationsNeedALead() {
        operators.dead(1_001);
        var discard = operators.request("DISCARD", 1_001, PLAIN);

        operators.resend(1_001, PLAIN).is(FORBIDDEN);
        operators.as("operator", "POST", "/admin/operations", discard).is(FORBIDDEN);
        operators.as("viewer", "POST", "/admin/operations", discard).is(FORBIDDEN);
        var id = operators
                .as("lead", "POST", "/admin/operations", discard)
                .is(201)
                .id();

        operators.work();

        assertThat(operators.number(id, "discarded")).isEqualTo(1_001);
        assertThat(operators.state(id)).isEqualTo("FINISHED");
        assertThat(operators.preview("DISCARD").body().path("eligible").asInt()).isZero();
    }

    @Test
    void aRepeatedStartIsTheSameOperation() {
        operators.dead(2);
        var id = UUID.randomUUID().toString();
        operators.resend(2, Map.of("id", id)).is(201);
        operators.work();

        var repeated = operators.resend(2, Map.of("id", id)).is(200);

        assertThat(repeated.text("state")).isEqualTo("FINISHED");
        operators.resend(2, Map.of("id", id, "reason", "another")).is(CONTENT_DIFFERS);
        assertThat(audited(id)).hasSize(1);
    }

    @Test
    void whatMakesNoSenseIsNamed() {
        operators.dead(1);
        for (var more :
                List.of(Map.of("canary", -1), Map.of("ratePerSecond", 0), Map.of("id", "1"), Map.of("reason", " "))) {
            assertThat(operators.resend(1, more).is(INVALID_REQUEST).text("detail"))
                    .contains(more.keySet().iterator().next());
        }
        operators.resend(0, PLAIN).is(INVALID_REQUEST);
        operators
                .as("lead", "POST", "/admin/operations", operators.request("DISCARD", 1, Map.of("canary", 1)))
                .is(INVALID_REQUEST);
        for (var required : List.of("action", "filter", "expected", "reason")) {
            var request = operators.request("RESEND", 1, PLAIN);
            request.remove(required);
            assertThat(operators
                            .as("lead", "POST", "/admin/operations", request)
                            .is(INVALID_REQUEST)
                            .text("detail"))
                    .contains(required);
        }
        operators.command(UUID.randomUUID().toString(), "pause").is(NOT_FOUND);
        new OperatorClient(service, service.newRoute()).resend(1, PLAIN).is(INVALID_REQUEST);
    }

    /** A later version wrote it, and is gone again; or it runs beside this one. */
    @Test
    void aStoredFilterThatThisVersionCannotReadIsShownAndNeverBlocks() {
        operators.dead(2);
        var id = operators.started(2, Map.of("canary", 1));
        for (var table : List.of("operation", "audit")) {
            service.jdbc()
                    .sql("UPDATE %s SET filter = filter || :more::jsonb WHERE %s = :id"
                            .formatted(table, table.equals("audit") ? "subject" : "id::text"))
                    .param("more", "{\"region\": [\"eu\"], \"state\": \"LATER\"}")
                    .param("id", id)
                    .update();
        }

        var shown = operators.operation(id);
        assertThat(shown.at("/filter/topic").asString()).isEqualTo(route.topic());
        assertThat(shown.path("filterUnread")).hasToString("{\"state\":\"LATER\",\"region\":[\"eu\"]}");
        assertThat(list("").body().toString()).contains(id);
        var audited = service.as(Key.NOTHING)
                .get("/admin/audit?target=" + id)
                .is(200)
                .body()
                .at("/items/0");
        assertThat(audited.at("/filter/topic").asString()).isEqualTo(route.topic());
        assertThat(audited.at("/filterUnread/region/0").asString()).isEqualTo("eu");
        operators.command(id, "pause").is(200);
        operators.work();
        operators.command(id, "resume").is(200);
        operators.command(id, "cancel").is(200);
    }

    @Test
    void operationsAreListedNewestFirst() {
        operators.dead(1);
        var older = operators.started(1, PLAIN);
        var newer = operators.started(1, PLAIN);

        var page = list("limit=1");
        var next = list("limit=1&cursor=" + page.text("next"));

        assertThat(page.body().at("/items/0/id").asString()).isEqualTo(newer);
        assertThat(next.body().at("/items/0/id").asString()).isEqualTo(older);
        assertThat(next.body().at("/items/0/filter/topic").asString()).isEqualTo(route.topic());
        assertThat(list("state=RUNNING").body().toString()).contains(newer);
        service.as(Key.NOTHING)
                .get("/admin/operations?limit=1&state=RUNNING&cursor=" + page.text("next"))
                .is(INVALID_REQUEST);
        service.as(Key.NOTHING)
                .get("/admin/operations/%s/items?cursor=%s".formatted(newer, page.text("next")))
                .is(INVALID_REQUEST);
    }

    private Answer list(String query) {
        return service.as(Key.NOTHING).get("/admin/operations?" + query).is(200);
    }

    private List<String> audited(String id) {
        return service.jdbc()
                .sql(
                        "SELECT concat_ws(' ', actor, act, affected, filter ->> 'topic', reason) FROM audit WHERE subject = :id ORDER BY id")
                .param("id", id)
                .query(String.class)
                .list();
    }
}
