package io.reliablemessage.service.checkback;

import static io.reliablemessage.api.MessageState.CANCELLED;
import static io.reliablemessage.api.MessageState.PENDING_CONFIRM;
import static io.reliablemessage.api.MessageState.SENDING;
import static io.reliablemessage.service.checkback.Checkers.ids;
import static io.reliablemessage.service.checkback.Checkers.messages;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Leases with workers that die, stop, come late or compete, and applications that hang. */
@Tag("ledger")
class LeasesTest {

    private final Checkers checkers = Checkers.shared();
    private final Service service = checkers.service();
    private final MessageFlow route = service.newRoute();

    @BeforeEach
    void nothingElseIsDue() {
        checkers.quiet();
    }

    @RepeatedTest(3)
    void eachMessageIsLeasedToOneOfManyWorkers() {
        var ids = checkers.overdue(route, 150);

        var leases = new ArrayList<String>();
        for (var round = 0; round < 5; round++) {
            Parallel.times(3, () -> checkers.lease(20))
                    .forEach(taken -> taken.forEach(lease -> leases.addAll(ids(lease))));
        }

        assertThat(leases).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aLostWorkerCostsALeaseAndNoAttempt() {
        var id = checkers.overdue(route);
        var lost = checkers.leaseOne();
        assertThat(checkers.lease(10)).as("while the lease lasts").isEmpty();
        assertThat(checkers.wait(id)).isBetween(15.0, 20.0);

        checkers.pass(lost);

        assertThat(messages(checkers.leaseOne()).getFirst().path("attempt").asInt())
                .isOne();
    }

    @Test
    void whatWasNotSentIsDueAtOnceAndNotCounted() {
        var id = checkers.overdue(route);
        checkers.fail(checkers.leaseOne(), "NOT_SENT");

        assertThat(messages(checkers.leaseOne()).getFirst().path("attempt").asInt())
                .isOne();
        assertThat(checkers.events(id)).isEmpty();
    }

    @Test
    void aWorkerThatStoppedForThreeLeasesMovesNothingByItsDoubt() {
        var id = checkers.overdue(route);
        var stopped = checkers.leaseOne();
        for (var i = 0; i < 2; i++) {
            checkers.pass(stopped);
            checkers.answerAll(checkers.leaseOne(), "UNKNOWN");
        }
        var before = schedule(id);

        for (var late : List.of(
                checkers.answerAll(stopped, "UNKNOWN"),
                checkers.fail(stopped, "TIMEOUT"),
                checkers.fail(stopped, "NOT_SENT"))) {
            assertThat(late.body().path("late").asBoolean()).isTrue();
        }

        assertThat(schedule(id)).isEqualTo(before);
        assertThat(failures()).isZero();
    }

    @Test
    void whatItLearnedCountsAllTheSame() {
        var committed = checkers.overdue(route);
        var rolledBack = checkers.overdue(route);
        var stopped = checkers.leaseOne();
        checkers.pass(stopped);
        checkers.answerAll(checkers.leaseOne(), "UNKNOWN");
        var attempts = route.get(committed).body().at("/checkbacks/attempts").asInt();

        checkers.answer(
                stopped,
                200,
                "{\"decisions\":[{\"id\":\"%s\",\"decision\":\"COMMITTED\"},{\"id\":\"%s\",\"decision\":\"ROLLED_BACK\"}]}"
                        .formatted(committed, rolledBack));

        route.get(committed).hasState(SENDING);
        route.get(rolledBack).hasState(CANCELLED);
        assertThat(route.get(committed).body().at("/checkbacks/attempts").asInt())
                .isEqualTo(attempts);
        assertThat(checkers.events(committed)).containsExactly("UNKNOWN", "COMMITTED");
    }

    @Test
    void aReportThatComesTwiceCountsOnce() {
        var id = checkers.overdue(route);
        var lease = checkers.leaseOne();
        checkers.answerAll(lease, "UNKNOWN");
        var before = schedule(id);

        checkers.answerAll(lease, "UNKNOWN");

        assertThat(schedule(id)).isEqualTo(before);
    }

    @Test
    void theFirstVerdictStands() {
        var id = checkers.overdue(route);
        var first = checkers.leaseOne();
        checkers.pass(first);
        checkers.answerAll(checkers.leaseOne(), "COMMITTED");

        var second = checkers.answerAll(first, "ROLLED_BACK");

        assertThat(second.body().path("cancelled").asInt()).isZero();
        route.get(id).hasState(SENDING);
        assertThat(checkers.events(id)).containsExactly("COMMITTED", "ROLLED_BACK");
    }

    @Test
    void aProducersOwnDecisionIsNotTouchedByAnAskUnderWay() {
        var id = checkers.overdue(route);
        var lease = checkers.leaseOne();
        route.cancel(id).is(200);

        checkers.answerAll(lease, "COMMITTED");

        assertThat(route.get(id).hasState(CANCELLED).text("decidedBy")).isEqualTo("shop");
        assertThat(checkers.lease(10)).isEmpty();
    }

    @Test
    void anApplicationThatCannotBeLeasedKeepsTheOthersNotWaiting() {
        var id = checkers.overdue(route);
        checkers.update("UPDATE message SET producer = 'rival' WHERE id = '%s'".formatted(checkers.overdue(route)));
        checkers.update("UPDATE application SET check_leased_at = NULL WHERE name = 'rival'"); // its turn comes first
        checkers.update("ALTER TABLE checkback_lease ADD CONSTRAINT defect CHECK (application <> 'rival')");
        try {
            assertThat(checkers.lease(10))
                    .singleElement()
                    .satisfies(lease -> assertThat(ids(lease)).containsExactly(id));
        } finally {
            checkers.update("ALTER TABLE checkback_lease DROP CONSTRAINT defect");
        }
    }

    @Test
    void anApplicationIsAskedTwiceAtATimeAtMost() {
        checkers.overdue(route, 250);

        var leases = List.of(checkers.leaseOne(), checkers.leaseOne());

        assertThat(leases).allMatch(lease -> ids(lease).size() == 100);
        assertThat(checkers.lease(10)).isEmpty();
        checkers.answerAll(leases.getFirst(), "COMMITTED");
        assertThat(ids(checkers.leaseOne())).hasSize(50);
    }

    @Test
    void anApplicationThatNeverAnswersIsLeftAloneForAWhileAndThenTriedOnce() {
        checkers.overdue(route, 400);
        var sizes = new ArrayList<Integer>();
        for (var ask = 1; ask <= 5; ask++) {
            var lease = checkers.leaseOne();
            sizes.add(ids(lease).size());
            checkers.fail(lease, "TIMEOUT");
        }
        assertThat(sizes).containsExactly(100, 50, 25, 12, 6);
        checkers.update(
                "UPDATE application SET check_rests_until = check_rests_until + interval '1 h'"); // null if none
        assertThat(checkers.lease(10)).as("rests").isEmpty();

        checkers.update("UPDATE application SET check_rests_until = now() WHERE name = 'shop'");
        var trial = checkers.leaseOne();
        assertThat(checkers.lease(10)).as("one trial at a time").isEmpty();
        checkers.answerAll(trial, "COMMITTED");

        assertThat(failures())
                .as("no rest any more, and twice as many at once with every answer")
                .isEqualTo(4);
        for (var size : List.of(6, 12, 25, 50, 100)) {
            var lease = checkers.leaseOne();
            assertThat(ids(lease)).hasSize(size);
            checkers.answerAll(lease, "COMMITTED");
        }
    }

    @Test
    void oneMessageThatTheEndpointChokesOnDoesNotTakeTheOthersWithIt() {
        var poison = checkers.overdue(route);
        var others = checkers.overdue(route, 60);

        for (var round = 0; round < 40 && isAnyPending(others); round++) {
            checkers.update("UPDATE application SET check_rests_until = NULL");
            for (var lease : checkers.lease(1)) {
                if (ids(lease).contains(poison)) {
                    checkers.answer(lease, 500, "");
                } else {
                    checkers.answerAll(lease, "COMMITTED");
                }
            }
            // time passes until all are due again, in the order that their waits have brought about
            checkers.update("UPDATE message SET check_due_at = check_due_at - interval '1 h' WHERE producer = 'shop'");
        }

        assertThat(isAnyPending(others)).isFalse();
        route.get(poison).hasState(PENDING_CONFIRM);
    }

    private boolean isAnyPending(List<String> ids) {
        return ids.stream().anyMatch(id -> route.get(id).state().equals(PENDING_CONFIRM.name()));
    }

    private JsonNode schedule(String id) {
        return route.get(id).body().path("checkbacks");
    }

    private int failures() {
        return service.jdbc()
                .sql("SELECT check_failures FROM application WHERE name = 'shop'")
                .query(Integer.class)
                .single();
    }
}
