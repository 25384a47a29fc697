package io.reliablemessage.service.retention;

import static io.reliablemessage.api.DeliveryState.CONSUMED;
import static io.reliablemessage.api.DeliveryState.DEAD;
import static io.reliablemessage.api.DeliveryState.DISCARDED;
import static io.reliablemessage.api.DeliveryState.REJECTED;
import static io.reliablemessage.api.DeliveryState.SENDING;
import static io.reliablemessage.api.ProblemType.ID_OUTSIDE_WINDOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.platform.database.UnsafeSetting;
import io.reliablemessage.service.retention.DayStore.Drop;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ledger")
class RetentionTest {

    private static final int OLD = 60;

    private static final Service service = Service.start(Map.of("message-service.retention.period", "8d"));

    private final DayStore days = service.bean(DayStore.class);
    private final DayKeeper keeper = service.bean(DayKeeper.class);
    private final MessageFlow route = service.newRoute();

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void onlyDaysWithNothingLiveAreDropped() {
        var pending = oldDay(OLD, null);
        var sending = oldDay(OLD - 1, SENDING);
        var dead = oldDay(OLD - 2, DEAD);
        var finished = List.of(
                oldDay(OLD - 3, CONSUMED), oldDay(OLD - 4, REJECTED), oldDay(OLD - 5, DISCARDED), emptyDay(OLD - 6));
        var recent = today().minusDays(8);
        makeDay(recent);

        keeper.dropOldDays();

        assertThat(Partitions.days(service))
                .contains(pending, sending, dead, recent, today().minusDays(7), today())
                .doesNotContainAnyElementsOf(finished);
        assertThat(List.of("message", "delivery", "event"))
                .allSatisfy(table -> assertThat(partitions(table))
                        .isEqualTo(Partitions.days(service).size()));
        assertThat(days.ages().oldestLive()).isBetween(Duration.ofDays(OLD), Duration.ofDays(OLD + 1));
        List.of(pending, sending, dead).forEach(RetentionTest::end);
        keeper.dropOldDays();
        assertThat(Partitions.days(service)).doesNotContain(pending, sending, dead);
    }

    @Test
    void manyReplicasDropADayOnce() {
        var day = emptyDay(OLD + 10);

        var outcomes = Parallel.times(4, () -> {
            try {
                return days.drop(day);
            } catch (org.springframework.dao.DataAccessException alreadyGone) {
                return Drop.BUSY;
            }
        });

        assertThat(outcomes).containsOnlyOnce(Drop.DROPPED).doesNotContain(Drop.KEPT);
    }

    @Test
    void aLongQueryAndADropDelayNoCall() throws Exception {
        var day = emptyDay(OLD + 20);
        route.ack(route.confirmed()).is(200); // the first calls load classes
        var isReading = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reader = CompletableFuture.runAsync(() -> readLong(isReading, mayEnd), threads);
            isReading.await();
            var isOver = new CountDownLatch(1);
            var callers = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> slowestCall(isOver), threads))
                    .toList();

            var outcomes = IntStream.range(0, 10).mapToObj(i -> days.drop(day)).toList();

            isOver.countDown();
            mayEnd.countDown();
            reader.join();
            assertThat(outcomes).containsOnly(Drop.BUSY);
            assertThat(callers).allSatisfy(caller -> assertThat(caller.join()).isLessThan(Duration.ofMillis(500)));
        } finally {
            mayEnd.countDown(); // else a failure would wait for the reader
        }
        assertThat(days.drop(day)).isEqualTo(Drop.DROPPED);
    }

    @Test
    void aPrepareThatRacesADropIsRefusedOrKept() {
        for (var round = 0; round < 10; round++) {
            var day = today().minusDays(6); // recent enough that ids are accepted
            makeDay(day);
            var ids = IntStream.range(0, 100).mapToObj(i -> idOf(day)).toList();
            var calls = new ArrayList<java.util.concurrent.Callable<Object>>();
            ids.forEach(id -> calls.add(() -> route.prepare(id).status()));
            calls.add(() -> days.drop(day));

            var answers = Parallel.all(calls);

            for (var i = 0; i < ids.size(); i++) {
                var isThere = isThere(ids.get(i));
                assertThat(answers.get(i)).isNotEqualTo(500);
                if (answers.get(i).equals(201)) {
                    assertThat(isThere).as("a prepare that was answered 201").isTrue();
                }
            }
            var isDropped = answers.getLast() == Drop.DROPPED;
            assertThat(Partitions.days(service).contains(day)).isEqualTo(!isDropped);
            if (!isDropped) {
                end(day);
            }
        }
    }

    @Test
    void anIdOfADayThatIsGoneIsOutsideTheWindow() {
        var day = today().minusDays(6);
        makeDay(day);
        lose(day);
        try {
            var gone = idOf(day);
            assertThat(route.prepare(gone).is(ID_OUTSIDE_WINDOW).text("now")).isNotEmpty();
            service.as(Key.PRODUCER).post("/messages", route.message(gone)).is(ID_OUTSIDE_WINDOW);
            for (var path : List.of("/messages/prepare", "/messages")) {
                var answers = service.as(Key.PRODUCER)
                        .post(path, List.of(route.message(MessageFlow.newId()), route.message(gone)))
                        .is(200)
                        .body();
                assertThat(answers.at("/0/state").isString()).isTrue();
                assertThat(answers.at("/1/problem/type").asString()).isEqualTo(ID_OUTSIDE_WINDOW.uri());
            }
        } finally {
            makeDay(day);
        }
    }

    @Test
    void daysThatCouldNotBeMadeAreTriedAgainSoon() {
        keeper.keep(); // the service's own has an hour's rest
        var own = new DayKeeper(
                days,
                service.bean(LedgerMetrics.class),
                service.bean(LedgerProperties.class),
                service.bean(RetentionProperties.class));
        var ahead = today().plusDays(DayKeeper.AHEAD);
        lose(ahead);
        service.jdbc().sql("ALTER FUNCTION make_day RENAME TO make_no_day").update();
        try {
            own.keep();
        } finally {
            service.jdbc().sql("ALTER FUNCTION make_no_day RENAME TO make_day").update();
        }
        assertThat(Partitions.days(service)).doesNotContain(ahead);

        own.keep();
        assertThat(Partitions.days(service)).contains(ahead);

        lose(ahead);
        own.keep(); // an hour has not passed
        assertThat(Partitions.days(service)).doesNotContain(ahead);
        makeDay(ahead);
    }

    @Test
    void forEverIsAHundredYears() {
        assertThatThrownBy(() -> new RetentionProperties(Duration.ofDays(36_501)))
                .hasMessageContaining("message-service.retention.period is PT876024H. Choose at most 36500d.");
        assertThat(new RetentionProperties(Duration.ofDays(36_500)).period()).isPositive();
    }

    @Test
    void aDayThatStillTakesMessagesIsNeverOldEnough() {
        assertThatThrownBy(() -> Service.start(
                                service.database(),
                                Map.of(
                                        "message-service.retention.period", "7d",
                                        "message-service.ledger.accept-window", "7d"))
                        .close())
                .hasRootCauseInstanceOf(UnsafeSetting.class)
                .rootCause()
                .hasMessageContaining("message-service.retention.period is PT168H");
    }

    private Duration slowestCall(CountDownLatch isOver) {
        var slowest = Duration.ZERO;
        while (isOver.getCount() > 0) {
            var id = MessageFlow.newId();
            for (var call : List.<Runnable>of(() -> route.prepare(id), () -> route.confirm(id), () -> route.ack(id))) {
                var began = System.nanoTime();
                call.run();
                var taken = Duration.ofNanos(System.nanoTime() - began);
                slowest = taken.compareTo(slowest) > 0 ? taken : slowest;
            }
        }
        return slowest;
    }

    private static void readLong(CountDownLatch isReading, CountDownLatch mayEnd) {
        var database = service.database();
        try (var connection =
                        java.sql.DriverManager.getConnection(database.url(), database.username(), database.password());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeQuery("SELECT count(*) FROM message").close();
            isReading.countDown();
            mayEnd.await();
        } catch (java.sql.SQLException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static LocalDate emptyDay(int back) {
        var day = today().minusDays(back);
        makeDay(day);
        return day;
    }

    /** @param state of the only delivery; null: the only message is undecided */
    private LocalDate oldDay(int back, @Nullable Enum<?> state) {
        var day = emptyDay(back);
        service.jdbc()
                .sql("""
                        WITH m AS (
                            INSERT INTO message (id, topic, key, producer, payload, content_type, content_hash, decision_due_at,
                                                 state, check_due_at, decided_at, decided_by)
                            SELECT :id::uuid, :topic, 'A-1', 'shop', '', 'text/plain', sha256(''), now(),
                                   CASE WHEN :state::text IS NULL THEN 'PENDING_CONFIRM' ELSE 'CONFIRMED' END,
                                   CASE WHEN :state::text IS NULL THEN now() END,
                                   CASE WHEN :state::text IS NOT NULL THEN now() END,
                                   CASE WHEN :state::text IS NOT NULL THEN 'shop' END
                            RETURNING id
                        )
                        INSERT INTO delivery (message_id, subscription, state, attempts, deliverable_at, due_at, finished_at, last_error)
                        SELECT id, :subscription, :state, 1, now(),
                               CASE WHEN :state::text = 'SENDING' THEN now() + interval '1 h' END,
                               CASE WHEN :state::text <> 'SENDING' THEN now() END, 'made up'
                          FROM m
                         WHERE :state::text IS NOT NULL
                        """)
                .param("id", idOf(day))
                .param("topic", route.topic())
                .param("subscription", route.subscription())
                .param("state", state == null ? null : state.name())
                .update();
        return day;
    }

    /** Lets everything of a day be over, past every rule. */
    private static void end(LocalDate day) {
        var suffix = day.toString().replace("-", "");
        service.jdbc().sql("DELETE FROM message_" + suffix).update();
        service.jdbc().sql("DELETE FROM delivery_" + suffix).update();
    }

    /** As nobody may. */
    private static void lose(LocalDate day) {
        List.of("message", "delivery", "event")
                .forEach(table -> service.jdbc()
                        .sql("DROP TABLE %s_%s".formatted(table, day.toString().replace("-", "")))
                        .update());
    }

    private static void makeDay(LocalDate day) {
        service.jdbc()
                .sql("SELECT make_day(:day)")
                .param("day", day)
                .query((row, number) -> number)
                .list();
    }

    private static String idOf(LocalDate day) {
        return service.jdbc().sql("""
                        SELECT overlay(uuid_v7()::text PLACING
                                       left(uuid_floor((:day::date + time '12:00') AT TIME ZONE 'UTC')::text, 13) FROM 1)
                        """).param("day", day).query(String.class).single();
    }

    private static boolean isThere(String id) {
        return service.jdbc()
                .sql("SELECT EXISTS (SELECT FROM message WHERE id = :id::uuid)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    private static int partitions(String table) {
        return service.jdbc()
                .sql("SELECT count(*) FROM pg_inherits WHERE inhparent = :table::regclass")
                .param("table", table)
                .query(Integer.class)
                .single();
    }

    private static LocalDate today() {
        return service.jdbc()
                .sql("SELECT now()")
                .query(java.time.OffsetDateTime.class)
                .single()
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalDate();
    }
}
