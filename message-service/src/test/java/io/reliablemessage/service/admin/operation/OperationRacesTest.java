package io.reliablemessage.service.admin.operation;

import static io.reliablemessage.adminapi.operation.OperationOutcome.CONSUMED;
import static io.reliablemessage.adminapi.operation.OperationOutcome.FAILED;
import static io.reliablemessage.adminapi.operation.OperationOutcome.RESENT;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.admin.OperatorClient;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever fails or interferes: each delivery of an operation has one correct outcome. */
@Tag("faults")
class OperationRacesTest {

    private static final int MAX_LIMIT = 5_000;
    private static final Map<String, Object> SETTINGS = Map.of("message-service.operations.max-deliveries", MAX_LIMIT);
    private static final Service service = Service.start(SETTINGS);
    private static final Service replica = service.replica(SETTINGS);

    private final OperatorClient operators = new OperatorClient(service, service.newRoute());

    @AfterAll
    static void stop() {
        replica.close();
        service.close();
    }

    @Test
    void fiveThousandHaveOneResultEachThoughConnectionsDieAndOthersActMeanwhile() {
        var ids = operators.dead(MAX_LIMIT);
        var id = operators.started(MAX_LIMIT, Map.of());
        BooleanSupplier goesOn = () -> isOpen(id);

        Parallel.<Boolean>all(List.of(
                repeat(goesOn, () -> work(service)),
                repeat(goesOn, () -> work(replica)),
                repeat(goesOn, OperationRacesTest::killABackend),
                repeat(goesOn, () -> oneByOne(ids))));

        operators.addsUp(id);
        assertThat(operators.number(id, "done")).isEqualTo(MAX_LIMIT);
        assertThat(operators.number(id, "resent")).isPositive();
        assertThat(operators.number(id, "skipped")).isPositive();
        assertThat(whoseOutcomeIsALie(id)).isEmpty();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            work(service);
            assertThat(operators.ids(id, CONSUMED)).isEqualTo(resentAndConsumed(id));
        });
        operators.addsUp(id);
    }

    @Test
    void whatACancelHasAnsweredIsTheLastWord() {
        for (var i = 0; i < 4; i++) {
            var operators = new OperatorClient(service, service.newRoute());
            operators.dead(500);
            var id = operators.started(500, Map.of());
            var answered = new java.util.ArrayList<Integer>();

            Parallel.<Boolean>all(List.of(
                    repeat(() -> isOpen(id), () -> OperatorClient.workedBy(service, 50)),
                    repeat(() -> isOpen(id), () -> OperatorClient.workedBy(replica, 50)),
                    () -> {
                        await().until(() -> operators.number(id, "done") > 0);
                        var cancelled = operators.command(id, "cancel");
                        return cancelled.status() != 200
                                || answered.add(cancelled.body().path("resent").asInt());
                    }));
            OperatorClient.workedBy(service, 500);

            answered.forEach(
                    resent -> assertThat(operators.number(id, "resent")).isEqualTo(resent));
            operators.addsUp(id);
            assertThat(operators.number(id, "done")).isEqualTo(operators.number(id, "matched"));
            assertThat(whoseOutcomeIsALie(id)).isEmpty();
        }
    }

    @Test
    void aReplicaThatStandsStillInTheMiddleOfAStepIsLeftBehind() {
        operators.dead(3);
        var id = operators.started(3, Map.of());
        var isInTheMiddle = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        var steps = service.bean(OperationStepStore.class);
        var stopped = CompletableFuture.supplyAsync(() -> service.bean(LedgerTransactions.class)
                .commit(() -> {
                    var leased = steps.lease(UUID.fromString(id), 100).orElseThrow();
                    isInTheMiddle.countDown();
                    awaitQuietly(goesOn);
                    return steps.next(leased).size();
                }));

        awaitQuietly(isInTheMiddle);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            OperatorClient.workedBy(replica, 100);
            return !isOpen(id);
        });

        goesOn.countDown();
        assertThat(stopped.handle((done, failure) -> failure).join()).isNotNull();
        operators.addsUp(id);
        assertThat(operators.number(id, "resent")).isEqualTo(3);
    }

    @Test
    void oneThatCannotBeWrittenFailsAlone() {
        var ids = operators.dead(250);
        var bad = ids.get(123);
        service.jdbc().sql("""
                        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN
                            IF NEW.message_id = '%s' THEN RAISE check_violation USING MESSAGE = 'not this one'; END IF;
                            RETURN NEW;
                        END $$;
                        CREATE TRIGGER refuses BEFORE UPDATE ON delivery FOR EACH ROW EXECUTE FUNCTION refuse()
                        """.formatted(bad)).update();
        var id = operators.started(250, Map.of());
        try {
            operators.work();
        } finally {
            service.jdbc().sql("DROP FUNCTION refuse CASCADE").update();
        }

        assertThat(operators.ids(id, FAILED)).containsExactly(bad);
        assertThat(operators
                        .items(id, "&outcome=FAILED")
                        .getFirst()
                        .path("reason")
                        .asString())
                .contains("not this one");
        assertThat(operators.number(id, "resent")).isEqualTo(249);
        operators.addsUp(id);
        var again = operators.command(id, "retry").is(201).id();
        operators.work();
        assertThat(operators.ids(again, RESENT)).containsExactly(bad);
    }

    @Test
    void whatIsDroppedMeanwhileIsSkipped() {
        var ids = operators.dead(4);
        service.jdbc().sql("""
                        SELECT make_day((now() AT TIME ZONE 'UTC')::date - 20)
                        """).query((row, number) -> true).list();
        service.jdbc()
                .sql("""
                        WITH moved AS (
                            SELECT id, overlay(id::text PLACING left(uuid_floor(now() - interval '20 days')::text, 13)
                                               FROM 1 FOR 13)::uuid AS old
                              FROM message WHERE id = ANY (:ids::uuid[])
                        ), message_moved AS (
                            UPDATE message m SET id = old FROM moved WHERE m.id = moved.id
                        )
                        UPDATE delivery d SET message_id = old, state = 'REJECTED' FROM moved WHERE d.message_id = moved.id
                        """)
                .param(
                        "ids",
                        io.reliablemessage.service.platform.database.SqlArrays.of(
                                "uuid", ids.subList(0, 3), UUID::fromString))
                .update();
        var id = operators.started(4, Map.of());

        assertThat(service.jdbc()
                        .sql("SELECT drop_day((now() AT TIME ZONE 'UTC')::date - 20)")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        operators.work();

        assertThat(operators.skipped(id).values()).containsExactly("GONE", "GONE", "GONE");
        assertThat(operators.ids(id, RESENT)).containsExactly(ids.getLast());
        operators.addsUp(id);
    }

    @Test
    void moreThanOneOperationTakesIsSaidAndNotBegun() {
        operators.dead(MAX_LIMIT + 1);

        assertThat(operators.preview("RESEND").body().path("capped").asBoolean())
                .isTrue();
        operators
                .as("lead", "POST", "/admin/operations", operators.request("RESEND", 2 * MAX_LIMIT, Map.of()))
                .is(INVALID_REQUEST);
    }

    @Test
    void anOperationIsForgottenWithItsItems() {
        operators.dead(2);
        var id = operators.started(2, Map.of());
        operators.work();
        service.jdbc()
                .sql("UPDATE operation SET finished_at = now() - interval '31 days' WHERE id = :id::uuid")
                .param("id", id)
                .update();

        service.bean(OperationRetention.class).forgetOld();

        service.as(Key.NOTHING).get("/admin/operations/" + id).is(404);
        assertThat(service.jdbc()
                        .sql("SELECT count(*) FROM operation_item WHERE operation_id = :id::uuid")
                        .param("id", id)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private static boolean isOpen(String id) {
        return service.jdbc()
                .sql("SELECT finished_at IS NULL FROM operation WHERE id = :id::uuid")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    private static Callable<Boolean> repeat(BooleanSupplier goesOn, Runnable call) {
        return () -> {
            while (unlessKilled(goesOn)) {
                call.run();
            }
            return true;
        };
    }

    /** The test's own connections are killed, too. */
    private static boolean unlessKilled(BooleanSupplier goesOn) {
        try {
            return goesOn.getAsBoolean();
        } catch (RuntimeException killed) {
            return true;
        }
    }

    private static void work(Service by) {
        by.as(Key.WORKER).post("/jobs/operations", Map.of("limit", 300));
    }

    /** Often, but not so often that no step could ever end. */
    private static void killABackend() {
        LockSupport.parkNanos(
                Duration.ofMillis(100 + ThreadLocalRandom.current().nextInt(300))
                        .toNanos());
        unlessKilled(() -> !service.jdbc().sql("""
                        SELECT pg_terminate_backend(pid)
                          FROM pg_stat_activity
                         WHERE application_name = 'message-service' AND datname = current_database()
                           AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
                         ORDER BY random()
                         LIMIT 1
                        """).query(Boolean.class).list().isEmpty());
    }

    private void oneByOne(List<String> ids) {
        var random = ThreadLocalRandom.current();
        var id = ids.get(random.nextInt(ids.size()));
        switch (random.nextInt(3)) {
            case 0 -> operators.act(id, "resend");
            case 1 -> operators.act(id, "discard");
            default -> operators.route().ack(id);
        }
    }

    /** Items whose outcome differs from the timeline. */
    private static List<String> whoseOutcomeIsALie(String id) {
        return service.jdbc()
                .sql("""
                        SELECT i.message_id || ' ' || i.outcome
                          FROM operation_item i
                         WHERE i.operation_id = :id::uuid
                           AND (SELECT count(*) FROM event e
                                 WHERE e.message_id = i.message_id AND e.kind = 'RESENT' AND e.detail = :reason)
                               <> CASE i.outcome WHEN 'RESENT' THEN 1 ELSE 0 END
                        """)
                .param("id", id)
                .param("reason", OperatorClient.REASON)
                .query(String.class)
                .list();
    }

    private List<String> resentAndConsumed(String id) {
        return service.jdbc().sql("""
                        SELECT i.message_id::text
                          FROM operation_item i JOIN delivery d USING (message_id, subscription)
                         WHERE i.operation_id = :id::uuid AND i.outcome = 'RESENT' AND d.state = 'CONSUMED'
                         ORDER BY 1
                        """).param("id", id).query(String.class).list();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
