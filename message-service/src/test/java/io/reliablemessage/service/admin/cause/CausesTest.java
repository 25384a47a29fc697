package io.reliablemessage.service.admin.cause;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Tag("ledger")
class CausesTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    @Test
    void whatNobodyAcknowledgesIsOneCause() {
        var ids = List.of(buried(), buried());

        var cause = only();

        assertThat(cause.path("kind").asString()).isEqualTo("NO_ACK");
        assertThat(cause.path("state").asString()).isEqualTo("DEAD");
        assertThat(cause.path("topic").asString()).isEqualTo(route.topic());
        assertThat(cause.path("subscription").asString()).isEqualTo(route.subscription());
        assertThat(cause.path("fingerprint").asString()).isEqualTo("no ack after # attempts");
        assertThat(cause.path("sample").asString()).isEqualTo("no ack after 12 attempts");
        assertThat(cause.path("count").asInt()).isEqualTo(2);
        assertThat(cause.path("resentBefore").asInt()).isZero();
        assertThat(cause.path("trend")).hasSize(28);
        assertThat(died(cause)).isEqualTo(2);
        assertThat(found(cause)).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void rejectionsAreApartByTheirCodeAndNotByWhomTheyAreAbout() {
        reject("E404", "account 17 of 'Ann' is closed");
        reject("E404", "account 18 of 'Bob' is closed");
        reject("E405", "account 19 of 'Cy' is closed");

        var causes = list("subscription=" + route.subscription());

        assertThat(causes)
                .extracting(cause -> cause.path("fingerprint").asString())
                .containsExactlyInAnyOrder("E404: account # of … is closed", "E405: account # of … is closed");
        assertThat(causes)
                .allMatch(cause -> cause.path("kind").asString().equals("REJECTED"))
                .extracting(cause -> cause.path("count").asInt())
                .containsExactlyInAnyOrder(2, 1);
        assertThat(list("state=DEAD&subscription=" + route.subscription())).isEmpty();
        assertThat(list("state=REJECTED&topic=" + route.topic())).hasSize(2);
    }

    @Test
    void theCountIsOfWhatStandsAndTheTrendOfWhatHappened() {
        var id = buried();
        operator("POST", "/admin/messages/%s/resend".formatted(id), Map.of("reason", "mended"))
                .is(200);

        assertThat(list("subscription=" + route.subscription())).isEmpty();
        var gone = list("window=PT1H&subscription=" + route.subscription()).getFirst();
        assertThat(gone.path("count").asInt()).isZero();
        assertThat(gone.path("trend")).hasSize(12);
        assertThat(died(gone)).isEqualTo(1);
        assertThat(found(gone)).isEmpty();

        bury(id);
        assertThat(only().path("count").asInt()).isEqualTo(1);
        assertThat(only().path("resentBefore").asInt()).isEqualTo(1);
        for (var window : List.of("PT1H", "PT6H", "PT24H", "P7D")) {
            assertThat(died(list("window=%s&subscription=%s".formatted(window, route.subscription()))
                            .getFirst()))
                    .isEqualTo(2);
        }
    }

    @Test
    void aNoteIsReadByTheOthersUntilThereIsNothingToSay() {
        buried();
        var id = only().path("id").asString();

        note(id, "the disk is full").is(204);

        assertThat(only().at("/note/text").asString()).isEqualTo("the disk is full");
        assertThat(only().at("/note/actor").asString()).isEqualTo("ada");
        assertThat(service.jdbc()
                        .sql("SELECT concat_ws(' ', actor, act, reason) FROM audit WHERE subject = :id")
                        .param("id", id)
                        .query(String.class)
                        .list())
                .containsExactly("ada NOTE the disk is full");
        note(id, "").is(204);
        assertThat(only().has("note")).isFalse();
    }

    @Test
    void aNoteIsAboutACauseAndShort() {
        note(UUID.randomUUID().toString(), "what").is(NOT_FOUND);
        note("what", "what").is(MALFORMED_REQUEST);
        buried();
        var id = only().path("id").asString();
        note(id, "é".repeat(251)).is(INVALID_REQUEST);
        service.as(Key.NOTHING)
                .put("/admin/causes/%s/note".formatted(id), Map.of("text", "what"))
                .is(FORBIDDEN);
    }

    @Test
    void pagesFollowEachOtherAndLeaveNothingOut() {
        var codes = IntStream.range(0, 7).mapToObj(n -> "CODE" + n).toList();
        codes.forEach(code -> reject(code, "no"));
        var query = "limit=3&subscription=" + route.subscription();

        var all = new ArrayList<String>();
        var page = causes(query);
        while (true) {
            page.body()
                    .path("items")
                    .forEach(cause -> all.add(cause.path("sample").asString()));
            if (!page.body().has("next")) {
                break;
            }
            assertThat(page.body().path("items")).hasSize(3);
            page = causes(query + "&cursor=" + page.text("next"));
        }

        assertThat(all)
                .containsExactlyElementsOf(
                        codes.reversed().stream().map(code -> code + ": no").toList());
        var cursor = causes(query).text("next");
        viewer("/admin/causes?limit=3&cursor=" + cursor).is(INVALID_REQUEST);
        viewer("/admin/messages?cursor=" + cursor).is(INVALID_REQUEST);
    }

    @Test
    void aChartTellsWhenTheyDiedByCauseAndAddsUpWhatIsLessCommon() {
        buried();
        for (var code = 0; code < 11; code++) {
            reject("E%d".formatted(code), "no");
        }
        reject("E7", "no");
        for (var window : Map.of("PT1H", 12, "PT6H", 12, "PT24H", 24, "P7D", 28).entrySet()) {
            var trend = trend("window=" + window.getKey());

            assertThat(trend.path("at")).hasSize(window.getValue());
            assertThat(trend.path("causes")).hasSize(8).allSatisfy(line -> {
                assertThat(line.path("counts")).hasSize(window.getValue());
                assertThat(sum(line)).isEqualTo(line.path("total").asInt());
            });
            assertThat(trend.at("/causes/0/fingerprint").asString()).isEqualTo("E7: no");
            assertThat(trend.at("/causes/0/total").asInt()).isEqualTo(2);
            assertThat(trend.at("/causes/0/counts").get(window.getValue() - 1).asInt()
                            + trend.at("/causes/0/counts")
                                    .get(window.getValue() - 2)
                                    .asInt())
                    .isEqualTo(2);
            assertThat(trend.at("/others/causes").asInt()).isEqualTo(4);
            assertThat(trend.at("/others/total").asInt()).isEqualTo(4);
            assertThat(sum(trend.path("others"))).isEqualTo(4);
        }
        var dead = trend("state=DEAD");
        assertThat(dead.path("causes")).hasSize(1);
        assertThat(dead.at("/causes/0/kind").asString()).isEqualTo("NO_ACK");
        assertThat(dead.has("others")).isFalse();
    }

    private JsonNode trend(String query) {
        return service.as(Key.NOTHING)
                .get("/admin/causes/trend?subscription=%s&%s".formatted(route.subscription(), query))
                .is(200)
                .body();
    }

    private static int sum(JsonNode line) {
        return line.path("counts").valueStream().mapToInt(JsonNode::asInt).sum();
    }

    @ParameterizedTest
    @CsvSource({
        "window=PT2H,  MALFORMED_REQUEST",
        "state=dead,   MALFORMED_REQUEST",
        "state=SENDING,INVALID_REQUEST",
        "topic=%20x,   INVALID_REQUEST",
        "colour=red,   MALFORMED_REQUEST",
        "limit=201,    INVALID_REQUEST",
        "cursor=AAAA,  INVALID_REQUEST"
    })
    void whatIsWrongIsRefused(String query, io.reliablemessage.api.ProblemType type) {
        viewer("/admin/causes?" + query).is(type);
    }

    @Test
    void aCauseOfNobodyFindsNothing() {
        route.dead();

        assertThat(viewer("/admin/messages?cause=" + UUID.randomUUID())
                        .is(200)
                        .body()
                        .path("items"))
                .isEmpty();
        viewer("/admin/messages?cause=what").is(MALFORMED_REQUEST);
    }

    private String buried() {
        var id = route.confirmed();
        bury(id);
        return id;
    }

    private void bury(String id) {
        if (!route.get(id).body().at("/deliveries/0/attempts").asString().equals("0")) {
            route.take(1); // what still waits in its queue is not given up
        }
        service.jdbc()
                .sql("UPDATE delivery SET attempts = 12, sent_at = now() - interval '1 h' WHERE message_id = :id::uuid")
                .param("id", id)
                .update();
        route.overdue(id, 1);
        service.as(Key.WORKER).post("/jobs/redeliveries", Map.of()).is(200);
        assertThat(route.get(id).state()).isEqualTo("DEAD");
    }

    private void reject(String code, String reason) {
        service.as(Key.CONSUMER)
                .post(
                        "/messages/%s/reject".formatted(route.confirmed()),
                        Map.of("subscription", route.subscription(), "code", code, "reason", reason))
                .is(200);
    }

    private JsonNode only() {
        var causes = list("subscription=" + route.subscription());
        assertThat(causes).hasSize(1);
        return causes.getFirst();
    }

    private List<JsonNode> list(String query) {
        return items(causes(query));
    }

    private static List<JsonNode> items(Answer page) {
        return StreamSupport.stream(page.body().path("items").spliterator(), false)
                .toList();
    }

    private Answer causes(String query) {
        return viewer("/admin/causes?" + query).is(200);
    }

    private static int died(JsonNode cause) {
        return StreamSupport.stream(cause.path("trend").spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .sum();
    }

    private List<String> found(JsonNode cause) {
        var query = "cause=" + cause.path("id").asString();
        var found = items(viewer("/admin/messages?" + query).is(200)).stream()
                .map(item -> item.path("id").asString())
                .toList();
        assertThat(viewer("/admin/messages/count?" + query)
                        .is(200)
                        .body()
                        .path("count")
                        .asInt())
                .isEqualTo(found.size())
                .isEqualTo(cause.path("count").asInt());
        return found;
    }

    private Answer note(String cause, String text) {
        return operator("PUT", "/admin/causes/%s/note".formatted(cause), Map.of("text", text));
    }

    private Answer operator(String method, String path, Object body) {
        return service.as(Key.CONSOLE).call(method, path, body, "RM-Actor", "ada", "RM-Roles", "operator");
    }

    private Answer viewer(String path) {
        return service.as(Key.NOTHING).get(path);
    }
}
