package io.reliablemessage.service.admin.audit;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static io.reliablemessage.api.ProblemType.TRANSITION_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("ledger")
class AuditTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();
    private final String actor = "Zoë " + UUID.randomUUID();

    @Test
    void anActIsToldWithItsReason() {
        var id = route.dead();
        act("operator", id, "resend").is(200);

        var item = audit("target=" + id).body().at("/items/0");

        assertThat(item.path("actor").asString()).isEqualTo(actor);
        assertThat(item.path("action").asString()).isEqualTo("RESEND");
        assertThat(item.path("reason").asString()).isEqualTo("mended");
        assertThat(item.path("outcome").asString()).isEqualTo("DONE");
        assertThat(item.has("count")).isFalse();
        assertThat(Duration.between(Instant.parse(item.path("at").asString()), Instant.now()))
                .isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void whatIsRefusedIsToldWhoeverRefusedIt() {
        var id = route.confirmed();
        route.ack(id).is(200);
        var absent = MessageFlow.newId();
        act("viewer", id, "resend").is(FORBIDDEN);
        act("operator", id, "discard").is(FORBIDDEN);
        act("operator", id, "resend").is(TRANSITION_REFUSED);
        act("operator", absent, "checkback").is(MESSAGE_NOT_FOUND);
        operator("viewer", "PUT", "/admin/workers/redelivery", Map.of("paused", true))
                .is(FORBIDDEN);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(audited("actor=" + encoded(actor)))
                        .containsExactlyInAnyOrder(
                                "RESEND %s forbidden".formatted(id),
                                "DISCARD %s forbidden".formatted(id),
                                "RESEND %s transition-refused".formatted(id),
                                "CHECKBACK %s message-not-found".formatted(absent),
                                "WORKER redelivery forbidden"));
        assertThat(audited("action=RESEND&actor=" + encoded(actor))).hasSize(2);
        assertThat(audited("action=RESEND&target=%s&actor=%s".formatted(id, encoded(actor))))
                .hasSize(2);
        assertThat(audited("action=RESEND&actor=nobody&target=" + id)).isEmpty();
    }

    @Test
    void readingIsNotAnAct() {
        operator("viewer", "GET", "/admin/messages/" + MessageFlow.newId(), "").is(MESSAGE_NOT_FOUND);
        act("viewer", route.dead(), "resend").is(FORBIDDEN);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(audited("actor=" + encoded(actor))).hasSize(1));
    }

    @Test
    void pagesFollowEachOtherNewestFirst() {
        var ids = new ArrayList<String>();
        for (var n = 0; n < 5; n++) {
            var id = route.dead();
            act("operator", id, "resend").is(200);
            ids.addFirst(id);
        }
        var query = "limit=2&actor=" + encoded(actor);

        var all = new ArrayList<String>();
        var page = audit(query);
        while (true) {
            page.body()
                    .path("items")
                    .forEach(item -> all.add(item.path("target").asString()));
            if (!page.body().has("next")) {
                break;
            }
            assertThat(page.body().path("items")).hasSize(2);
            page = audit(query + "&cursor=" + page.text("next"));
        }

        assertThat(all).isEqualTo(ids);
        var cursor = audit(query).text("next");
        viewer("limit=2&cursor=" + cursor).is(INVALID_REQUEST);
        viewer(query + "&action=RESEND&cursor=" + cursor).is(INVALID_REQUEST);
    }

    @Test
    void aTimeIsThatOfTheAct() {
        act("operator", route.dead(), "resend").is(200);
        var own = "actor=" + encoded(actor);
        var at = Instant.parse(audit(own).body().at("/items/0/at").asString());

        assertThat(audited(own + "&from=" + at)).hasSize(1);
        assertThat(audited(own + "&to=" + at)).isEmpty();
        assertThat(audited(own + "&from=" + at.plusNanos(1000))).isEmpty();
        assertThat(audited(own + "&from=&to=&action=&target=&cursor=&limit=")).hasSize(1);
    }

    @Test
    void aCallLooksAtABoundedNumberOfActsAndSaysWhereItStopped() {
        service.jdbc().sql("""
                        INSERT INTO audit (at, actor, act, subject, reason)
                        SELECT now() - n * interval '1 ms', :actor, CASE n WHEN 20005 THEN 'RARE' ELSE 'USUAL' END, 'x', 'y'
                          FROM generate_series(1, 20010) n
                        """).param("actor", actor).update();
        var rare = "action=RARE&actor=" + encoded(actor);

        var first = audit(rare);

        assertThat(first.body().path("items")).isEmpty();
        var second = audit(rare + "&cursor=" + first.text("next"));
        assertThat(second.body().path("items")).hasSize(1);
        assertThat(second.body().has("next")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "who=ada,       MALFORMED_REQUEST",
        "from=today,    MALFORMED_REQUEST",
        "limit=0,       INVALID_REQUEST",
        "actor=%00,     INVALID_REQUEST",
        "cursor=AAAA,   INVALID_REQUEST",
        "to=1969-01-01T00:00:00Z, INVALID_REQUEST"
    })
    void whatIsWrongIsRefused(String query, io.reliablemessage.api.ProblemType type) {
        viewer(query).is(type);
    }

    private List<String> audited(String query) {
        return audit(query)
                .body()
                .path("items")
                .valueStream()
                .map(item -> "%s %s %s"
                        .formatted(
                                item.path("action").asString(),
                                item.path("target").asString(),
                                item.path("outcome").asString()))
                .toList();
    }

    private Answer audit(String query) {
        return viewer(query).is(200);
    }

    private Answer viewer(String query) {
        return service.as(Key.NOTHING).get("/admin/audit?" + query);
    }

    private Answer act(String role, String id, String act) {
        return operator(role, "POST", "/admin/messages/%s/%s".formatted(id, act), Map.of("reason", "mended"));
    }

    private Answer operator(String role, String method, String path, Object body) {
        return service.as(Key.CONSOLE)
                .call(method, path, body, "RM-Actor", encoded(actor).replace("+", "%20"), "RM-Roles", role);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
