package io.reliablemessage.service.checkback;

import static io.reliablemessage.api.MessageState.PENDING_CONFIRM;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An operator requests the check-backs of an application. */
@Tag("ledger")
class CheckbackRequestTest {

    private final Checkers checkers = Checkers.shared();
    private final Service service = checkers.service();
    private final MessageFlow route = service.newRoute();

    @BeforeEach
    void nothingElseIsLate() {
        checkers.quiet();
        checkers.update(
                "UPDATE message SET decision_due_at = now() + interval '1 year' WHERE check_due_at IS NOT NULL");
    }

    @Test
    void oneMessageIsAskedAboutAtOnce() {
        var id = route.pending();
        assertThat(checkers.lease(10)).isEmpty();

        act("/admin/messages/%s/checkback".formatted(id)).is(200).hasState(PENDING_CONFIRM);

        assertThat(Checkers.ids(checkers.leaseOne())).containsExactly(id);
    }

    @Test
    void allThatIsLateIsAskedAboutAtOnceThoughTheApplicationRests() {
        var late = List.of(late(), late(), late());
        var young = route.pending();
        checkers.update("UPDATE application SET check_failures = 20, check_rests_until = now() + interval '1 h'"
                + " WHERE name = 'shop'");
        assertThat(checkers.lease(10)).isEmpty();

        var wanted = want().body();

        assertThat(wanted).hasToString("{\"application\":\"shop\",\"due\":3,\"capped\":false}");
        assertThat(Checkers.ids(checkers.leaseOne())).containsExactlyInAnyOrderElementsOf(late);
        assertThat(checkers.wait(young)).isPositive();
        assertThat(entries(late.getFirst())).containsExactly("ada it is back");
        assertThat(entries(young)).isEmpty();
        var audited = service.as(Key.NOTHING)
                .get("/admin/audit?target=shop&limit=1")
                .is(200)
                .body()
                .at("/items/0");
        assertThat(audited.path("actor").asString()).isEqualTo("ada");
        assertThat(audited.path("action").asString()).isEqualTo("CHECKBACK");
        assertThat(audited.path("count").asInt()).isEqualTo(3);
    }

    @Test
    void whatIsBeingAskedAboutIsNotAskedAboutTwice() {
        var asked = late();
        checkers.due(asked);
        var lease = checkers.leaseOne();
        var other = late();

        assertThat(want().body().path("due").asInt()).isOne();

        assertThat(Checkers.ids(checkers.leaseOne())).containsExactly(other);
        checkers.answerAll(lease, "ROLLED_BACK");
    }

    @Test
    void nobodyWaitsAndNothingIsLostWhileTheProducerDecides() {
        for (var round = 0; round < 10; round++) {
            var ids = List.of(late(), late(), late(), late());
            var leased = new ArrayList<JsonNode>();
            Parallel.both(() -> want(), () -> {
                leased.addAll(checkers.lease(10));
                ids.subList(0, 2).forEach(id -> route.confirm(id).is(200));
                return true;
            });
            leased.addAll(checkers.lease(10));

            assertThat(leased.stream().flatMap(lease -> Checkers.ids(lease).stream()))
                    .doesNotHaveDuplicates()
                    .contains(ids.get(2), ids.get(3));
            checkers.quiet();
            leased.clear();
            ids.subList(2, 4).forEach(id -> route.cancel(id).is(200));
        }
    }

    /** An overdue message with an unanswered check-back and the next one in an hour. */
    private String late() {
        var id = route.pending();
        service.jdbc()
                .sql(
                        "UPDATE message SET decision_due_at = now() - interval '1 s', check_due_at = now() + interval '1 h'"
                                + " WHERE id = :id::uuid")
                .param("id", id)
                .update();
        return id;
    }

    private Answer want() {
        return act("/admin/applications/shop/checkbacks").is(200);
    }

    private Answer act(String path) {
        return service.as(Key.CONSOLE)
                .call("POST", path, Map.of("reason", "it is back"), "RM-Actor", "ada", "RM-Roles", "operator");
    }

    private List<String> entries(String id) {
        return service.jdbc()
                .sql(
                        "SELECT actor || ' ' || detail FROM event WHERE message_id = :id::uuid AND kind = 'CHECKBACK_WANTED'")
                .param("id", id)
                .query(String.class)
                .list();
    }
}
