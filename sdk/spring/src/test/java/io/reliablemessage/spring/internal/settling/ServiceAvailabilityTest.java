package io.reliablemessage.spring.internal.settling;

import static io.reliablemessage.spring.internal.settling.OutboxRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.spring.TestDatabase;
import io.reliablemessage.spring.internal.settling.CommittedRows.Committed;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServiceAvailabilityTest {

    private final ServiceAvailability availability = new ServiceAvailability();

    @Test
    void thereIsOneAttemptAtATimeWhileTheServiceIsAway() {
        availability.unanswered();
        availability.unanswered(); // was on its way with the first
        assertThat(availability.tryCall()).isFalse();

        await().pollInSameThread().atMost(Duration.ofSeconds(5)).until(availability::tryCall);

        assertThat(availability.tryCall()).isFalse();
        availability.answered();
        assertThat(availability.tryCall()).isTrue();
        assertThat(availability.tryCall()).isTrue();
    }

    @Test
    void anAttemptThatWasNotNeededLeavesRoomForTheNext() {
        availability.unanswered();
        await().pollInSameThread().atMost(Duration.ofSeconds(5)).until(availability::tryCall);

        availability.unused();

        assertThat(availability.tryCall()).isTrue();
        assertThat(availability.isAway()).isTrue();
    }

    @Test
    void pausesGrowUpToHalfAMinute() {
        assertThat(IntStream.range(0, 8)
                        .mapToObj(failures ->
                                ServiceAvailability.pauseAfter(failures).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void committedRowsAreLeftToTheSweepMeanwhile() throws Exception {
        try (var orders = SettlingEnvironment.on(TestDatabase.H2)) {
            var row = orders.rows.commit(row());
            orders.availability.unanswered();

            var again =
                    orders.committedRows().handle(orders.store.id(), List.of(new Committed(row.id(), false, false)));

            assertThat(again).isEmpty();
            assertThat(orders.sent()).isEmpty();
        }
    }

    @Test
    void allIsSentSoonAfterTheServiceIsBack() throws Exception {
        try (var orders = SettlingEnvironment.on(TestDatabase.H2);
                var settling = orders.settling(SettlingEnvironment::nothingIsCertain)) {
            orders.service.fail();
            orders.rows.commit(OutboxRows.rows(300));
            orders.rows.makeDue();
            settling.start();
            await().untilAsserted(() -> assertThat(orders.heard.postponed).hasPositiveValue());

            orders.service.recover();

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(orders.rows.states()).containsOnly("SENT"));
        }
    }
}
