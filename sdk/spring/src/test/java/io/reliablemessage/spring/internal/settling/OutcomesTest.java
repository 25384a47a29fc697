package io.reliablemessage.spring.internal.settling;

import static io.reliablemessage.spring.internal.settling.OutboxRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.spring.TestDatabase;
import io.reliablemessage.spring.internal.outbox.OutboxRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer of the service, and what it means for the row. */
class OutcomesTest {

    private SettlingEnvironment orders;

    @BeforeEach
    void start() throws Exception {
        orders = SettlingEnvironment.on(TestDatabase.H2);
    }

    @AfterEach
    void stop() throws Exception {
        orders.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, malformed-request",
        "409, content-differs",
        "413, too-large",
        "415, unsupported-media-type",
        "422, invalid-request"
    })
    void setsAsideWhatTheServiceCallsBad(int status, String slug) throws Exception {
        var row = settledBy(StubService.problem(status, slug, ""), false);

        assertThat(orders.rows.state(row)).isEqualTo("REFUSED");
        assertThat(orders.rows.refusal(row)).contains("as tested");
        assertThat(orders.heard.refused).containsKey(row.id().toString());
        assertThat(orders.heard.postponed).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "401, unauthenticated, true",
        "403, forbidden, true",
        "404, not-found, true",
        "404, topic-not-found, false",
        "404, message-not-found, false",
        "408, request-timeout, true",
        "409, of-a-newer-service, true",
        "422, no-subscription, false",
        "429, too-many-calls, true",
        "500, internal-error, true",
        "503, unavailable, true"
    })
    void keepsWhatMayBeTakenLater(int status, String slug, boolean isAway) throws Exception {
        var row = settledBy(StubService.problem(status, slug, ""), false);

        assertThat(orders.rows.state(row)).isEqualTo("WAITING");
        assertThat(orders.heard.postponed).hasValue(1);
        assertThat(orders.heard.refused).isEmpty();
        assertThat(orders.availability.isAway()).isEqualTo(isAway);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 403, 404, 413, 422, 502})
    void keepsWhatSomethingElseThanTheServiceAnswers(int status) throws Exception {
        var row = settledBy(new StubService(status, "text/html", "<h1>Log in</h1>", Map.of()), false);

        assertThat(orders.rows.state(row)).isEqualTo("WAITING");
        assertThat(orders.availability.isAway()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, REFUSED",
        "SENDING, SENT",
        "CONSUMED, SENT",
        "DEAD, SENT",
        "REJECTED, SENT",
        "DISCARDED, SENT",
        "PENDING_CONFIRM, WAITING",
        "OF_A_NEWER_SERVICE, WAITING",
        "'', WAITING"
    })
    void takesTheStateAsTheAnswerToAConfirm(String state, String rowState) throws Exception {
        var answer = StubService.problem(409, "transition-refused", ", \"state\": \"%s\"".formatted(state));

        var row = settledBy(answer, true);

        assertThat(orders.rows.state(row)).isEqualTo(rowState);
    }

    @Test
    void setsAsideAnIdThatIsTooOldAndKeepsOneFromTheFuture() throws Exception {
        var old = orders.rows.commit(row(idAt(Instant.now().minus(Duration.ofDays(8)))));
        var ahead = orders.rows.commit(row(idAt(Instant.now().plus(Duration.ofHours(1)))));

        orders.settler().settle(orders.store, List.of(old, ahead), Set.of());

        assertThat(orders.rows.state(old)).isEqualTo("REFUSED");
        assertThat(orders.rows.state(ahead)).isEqualTo("WAITING");

        orders.service.clock().advance(Duration.ofHours(1));
        orders.settler().settle(orders.store, List.of(ahead), Set.of());

        assertThat(orders.rows.state(ahead)).isEqualTo("SENT");
    }

    @Test
    void setsAsideAMessageThatWasCancelled() throws Exception {
        var row = orders.rows.commit(row());
        orders.client().prepare(orders.requests.of(row, orders.store.id()));
        orders.client().cancel(row.id().toString());

        orders.settler().settle(orders.store, List.of(row), Set.of(row.id()));
        assertThat(orders.rows.state(row)).isEqualTo("REFUSED");
        assertThat(orders.heard.refused.get(row.id().toString())).contains("CANCELLED");
    }

    @Test
    void oneBadRowDoesNotTakeItsBatchAlong() throws Exception {
        var good = orders.rows.commit(OutboxRows.rows(20));
        var notJson = orders.rows.commit(row(newId(), OutboxRows.TOPIC, "{broken"));
        var unknownTopic = orders.rows.commit(row(newId(), "nobody.knows", "{}"));
        var prepared = orders.rows.commit(row());
        var badHeaders = orders.rows.commit(row());
        orders.rows.run("UPDATE rm_outbox SET headers = '[1]' WHERE seq = (SELECT MAX(seq) FROM rm_outbox)");
        orders.client().prepare(orders.requests.of(prepared, orders.store.id()));
        orders.rows.makeDue();

        new Sweep(orders.settler()).run(orders.store);

        assertThat(orders.rows.state(notJson)).isEqualTo("REFUSED");
        assertThat(orders.rows.state(badHeaders)).isEqualTo("REFUSED");
        assertThat(orders.rows.state(unknownTopic)).isEqualTo("WAITING");
        assertThat(orders.rows.state(prepared)).isEqualTo("SENT");
        for (var row : good) {
            assertThat(orders.rows.state(row)).isEqualTo("SENT");
        }
        assertThat(orders.heard.settled).hasValue(good.size() + 1);
        assertThat(orders.sent()).hasSize(good.size() + 1);
    }

    @Test
    void whatAListenerThrowsChangesNothing() throws Exception {
        var row = orders.rows.commit(row());
        var angry = new GuardedListener(new io.reliablemessage.spring.ProducerListener() {
            @Override
            public void settled(int messages) {
                throw new IllegalStateException("as tested");
            }
        });

        new Settler(orders.client(), orders.requests, orders.availability, angry)
                .settle(orders.store, List.of(row), Set.of());

        assertThat(orders.rows.state(row)).isEqualTo("SENT");
    }

    @Test
    void storesAReasonThatNoDatabaseTakesAsItIs() {
        assertThat(Texts.storable("a\u0000b\ud83dc")).isEqualTo("a b c");
        assertThat(Texts.storable("x".repeat(999) + "\ud83d\ude00")).isEqualTo("x".repeat(999));
    }

    private OutboxRow settledBy(StubService stub, boolean isPrepared) throws Exception {
        try (stub) {
            var row = orders.rows.commit(row());
            orders.settler(orders.clientOf(stub.url()))
                    .settle(orders.store, List.of(row), isPrepared ? Set.of(row.id()) : Set.of());
            return row;
        }
    }

    private static UUID newId() {
        return row().id();
    }

    private static UUID idAt(Instant time) {
        var random = UUID.randomUUID();
        return new UUID(time.toEpochMilli() << 16 | 0x7000 | 0x123, random.getLeastSignificantBits());
    }
}
