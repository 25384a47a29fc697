package io.reliablemessage.service.admin.cause;

import static io.reliablemessage.api.DeliveryState.CONSUMED;
import static io.reliablemessage.api.DeliveryState.DEAD;
import static io.reliablemessage.api.DeliveryState.REJECTED;
import static io.reliablemessage.api.DeliveryState.SENDING;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dead and rejected deliveries are counted, whatever happens at the same time. */
@Tag("ledger")
class CauseCountsTest {

    private static final int MESSAGES = 30;

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            no ack after 12 attempts                            | no ack after # attempts
            Order A-17 of 'Joe Smith' isn't the shop's          | Order # of … isn't the shop's
            "x y" is none of `a`, “b” at 2026-01-02T10:11:12.5Z | … is none of …, … at #
            10.0.0.7:5672 refused 550e8400-e29b-41d4-a716-446655440000 | # refused #
            账户 123 已关闭                                       | 账户 # 已关闭
            no number in it                                     | no number in it
            """)
    void whatErrorsHaveInCommonIsTheirFingerprint(String error, String fingerprint) {
        assertThat(fingerprint(error)).isEqualTo(fingerprint);
    }

    @Test
    void aFingerprintIsOneShortLine() {
        assertThat(fingerprint("first\r\n\tsecond " + "é".repeat(2000)))
                .startsWith("first second é")
                .hasSize(200);
        assertThat(fingerprint("")).isEmpty();
        assertThat(fingerprint("'".repeat(999) + "\"".repeat(999))).isNotNull();
    }

    @Test
    void countsAreExactWhateverHappensAtOnce() {
        try (var replica = service.replica()) {
            var ids = IntStream.range(0, MESSAGES)
                    .mapToObj(n -> route.confirmed())
                    .toList();
            var acts = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(n -> () -> {
                        for (var i = 0; i < 60; i++) {
                            act(n % 2 == 0 ? service : replica, ids.get(random(MESSAGES)));
                        }
                        return true;
                    })
                    .toList();

            Parallel.all(acts);
        }

        assertThat(kept()).isEqualTo(standing());
        assertThat(keptByDay()).isEqualTo(standing());
    }

    private void act(Service replica, String id) {
        switch (random(6)) {
            case 0 -> route.force(id, DEAD);
            case 1 ->
                as(replica, Key.CONSUMER, id, "reject", Map.of("code", "NO", "reason", "for reason " + random(9)));
            case 2 -> as(replica, Key.CONSUMER, id, "ack", Map.of());
            case 3, 4 -> admin(replica, id, "resend");
            default -> admin(replica, id, "discard");
        }
        if (random(4) == 0) {
            replica.bean(CauseCounts.class).fold();
        }
        if (random(4) == 0) {
            route.force(id, SENDING);
        }
    }

    private static void as(Service replica, Key key, String id, String act, Map<String, ?> body) {
        assertThat(replica.as(key)
                        .post("/messages/%s/%s".formatted(id, act), body)
                        .status())
                .isLessThan(500);
    }

    private static void admin(Service replica, String id, String act) {
        assertThat(replica.as(Key.EVERYTHING)
                        .post("/admin/messages/%s/%s".formatted(id, act), Map.of("reason", "a test"))
                        .status())
                .isLessThan(500);
    }

    private static int random(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    @Test
    void whatDiesAfterItWasSentAgainIsToldFromWhatDiesFirst() {
        var twice = route.dead();
        var once = route.dead();
        resend(twice);
        route.force(twice, DEAD);

        assertThat(again()).isEqualTo(1);
        route.force(once, REJECTED); // rejected late, not sent again
        assertThat(again()).isEqualTo(1);
        route.force(twice, REJECTED);
        assertThat(again()).isEqualTo(1);
        resend(twice);
        assertThat(again()).isZero();
        route.force(twice, CONSUMED);
        assertThat(again()).isZero();
        assertThat(kept()).isEqualTo(standing()).hasSize(1);
    }

    private void resend(String id) {
        service.as(Key.EVERYTHING)
                .post("/admin/messages/%s/resend".formatted(id), Map.of("reason", "a test"))
                .is(200);
    }

    @Test
    void errorsThatAreAllDifferentAreCountedTogetherInTheEnd() {
        var letters =
                IntStream.rangeClosed('a', 'z').mapToObj(Character::toString).toList();
        var reasons = letters.stream()
                .flatMap(one -> letters.stream().map(other -> one + other))
                .limit(205)
                .toList();
        var ids = Stream.generate(route::confirmed).limit(205).toList();
        for (var i = 0; i < 205; i++) {
            as(service, Key.CONSUMER, ids.get(i), "reject", Map.of("code", "NO", "reason", reasons.get(i)));
            if (i >= 199) {
                service.bean(CauseCounts.class).fold();
            }
        }

        assertThat(kept()).hasSize(201).containsValue(5).isEqualTo(standing());
        assertThat(service.jdbc()
                        .sql("SELECT fingerprint FROM cause WHERE subscription = :subscription AND standing = 5")
                        .param("subscription", route.subscription())
                        .query(String.class)
                        .single())
                .isEmpty();
    }

    @Test
    void aDayThatIsDroppedTakesItsCountsAlong() {
        var kept = route.confirmed();
        as(service, Key.CONSUMER, kept, "reject", Map.of("code", "NO"));
        service.bean(CauseCounts.class).fold();
        service.jdbc()
                .sql("SELECT make_day('2020-02-02')")
                .query((row, number) -> true)
                .list();
        service.jdbc().sql("""
                        INSERT INTO delivery (message_id, subscription, attempts, deliverable_at, due_at)
                        SELECT overlay(uuid_floor('2020-02-02T12:00:00Z')::text PLACING to_char(n, 'FM000000000000') FROM 25)::uuid,
                               :subscription, 1, now(), now()
                          FROM generate_series(1, 3) n
                        """).param("subscription", route.subscription()).update();
        service.jdbc().sql("""
                        UPDATE delivery SET state = 'REJECTED', due_at = NULL, finished_at = now(), last_error = 'NO'
                         WHERE subscription = :subscription AND state = 'SENDING'
                        """).param("subscription", route.subscription()).update();
        assertThat(kept()).isEqualTo(standing()).containsValue(4);

        var isDropped = service.jdbc()
                .sql("SELECT drop_day('2020-02-02')")
                .query(Boolean.class)
                .single();

        assertThat(isDropped).isTrue();
        assertThat(kept()).isEqualTo(standing()).containsValue(1);
        assertThat(keptByDay()).isEqualTo(standing());
    }

    @Test
    void aDeliveryOnItsWayOrAtItsGoalStandsNowhere() {
        var id = route.dead();
        for (var state : List.of(SENDING, CONSUMED, DeliveryState.DISCARDED)) {
            route.force(id, state);

            assertThat(kept()).isEqualTo(standing()).isEmpty();
            route.force(id, DEAD);
            assertThat(kept()).isEqualTo(standing()).hasSize(1);
        }
    }

    @Test
    void whatIsLongAgoAndDoesNotStandIsForgotten() {
        resend(route.dead());
        var other = route.subscribe(Key.CONSUMER, Map.of());
        other.force(route.confirmed(), DEAD);
        service.bean(CauseCounts.class).fold();
        service.jdbc()
                .sql("""
                        WITH causes AS (
                            UPDATE cause SET last_at = last_at - interval '31 d'
                             WHERE subscription IN (:route, :other) RETURNING id
                        )
                        UPDATE cause_trend SET at = at - interval '9 d' WHERE cause_id IN (SELECT id FROM causes)
                        """)
                .param("route", route.subscription())
                .param("other", other.subscription())
                .update();

        new CauseCounts(service.jdbc(), service.bean(LedgerTransactions.class)).forget();

        assertThat(rows("SELECT count(*) FROM cause WHERE subscription = :subscription", route))
                .isZero();
        assertThat(rows("SELECT count(*) FROM cause WHERE subscription = :subscription", other))
                .isOne();
        assertThat(rows(
                        "SELECT count(*) FROM cause_trend t JOIN cause c ON c.id = t.cause_id WHERE c.subscription = :subscription",
                        other))
                .isZero();
    }

    private int rows(String sql, MessageFlow of) {
        return service.jdbc()
                .sql(sql)
                .param("subscription", of.subscription())
                .query(Integer.class)
                .single();
    }

    private String fingerprint(String error) {
        return service.jdbc()
                .sql("SELECT fingerprint(:error)")
                .param("error", error)
                .query(String.class)
                .single();
    }

    private int again() {
        service.bean(CauseCounts.class).fold();
        return service.jdbc()
                .sql("SELECT sum(again) FROM cause WHERE subscription = :subscription")
                .param("subscription", route.subscription())
                .query(Integer.class)
                .single();
    }

    private Map<String, Integer> kept() {
        service.bean(CauseCounts.class).fold();
        return counts("""
                SELECT id::text AS cause, standing AS count FROM cause WHERE subscription = :subscription AND standing <> 0
                """);
    }

    private Map<String, Integer> keptByDay() {
        return counts("""
                SELECT c.id::text AS cause, sum(d.standing) AS count
                  FROM cause c JOIN cause_day d ON d.cause_id = c.id
                 WHERE c.subscription = :subscription
                 GROUP BY c.id HAVING sum(d.standing) <> 0
                """);
    }

    private Map<String, Integer> standing() {
        return counts("""
                SELECT cause_id::text AS cause, count(*) AS count
                  FROM delivery
                 WHERE subscription = :subscription AND state IN ('DEAD', 'REJECTED')
                 GROUP BY cause_id
                """);
    }

    private Map<String, Integer> counts(String sql) {
        var counts = new java.util.TreeMap<String, Integer>();
        service.jdbc().sql(sql).param("subscription", route.subscription()).query(row -> {
            counts.put(row.getString("cause"), row.getInt("count"));
        });
        return counts;
    }
}
