package io.reliablemessage.adminui.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.reliablemessage.adminapi.operation.OperationOutcome;
import io.reliablemessage.adminapi.operation.OperationState;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.OperationFixture;
import io.reliablemessage.adminui.operations.Progress.Total;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How far a bulk operation is, in bars a thousand wide, and what may be done about it. */
class ProgressTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,          0,          0
            1,          0,          0
            1,          1,          1000
            3,          1,          333
            3,          2,          666
            3,          3,          1000
            1200,       640,        533
            1000,       999,        999
            10000,      9999,       999
            10000,      1,          0
            2147483647, 2147483646, 999
            2147483647, 2147483647, 1000
            """)
    void aBarIsFullOnlyWhenAllIsDone(int matched, int part, int permille) {
        var resend = progress(OperationFixture.running()
                .matched(matched)
                .resent(part)
                .sent(part)
                .consumed(part)
                .dead(0)
                .rejected(0));
        var discard = progress(OperationFixture.discarding().matched(matched).discarded(part));

        assertThat(resend.done()).isEqualTo(permille);
        assertThat(resend.sent()).isEqualTo(permille);
        assertThat(resend.consumed()).isEqualTo(permille);
        assertThat(resend.ended()).isZero();
        assertThat(discard.done()).isEqualTo(permille);
    }

    @Test
    void whatWasResentAndWhatWasConsumedAreTwoBars() {
        var progress = progress(OperationFixture.running()
                .matched(1_000)
                .resent(800)
                .sent(700)
                .consumed(600)
                .dead(30)
                .rejected(20));

        assertThat(progress.done()).isEqualTo(800);
        assertThat(progress.sent()).isEqualTo(700);
        assertThat(progress.consumed()).isEqualTo(600);
        assertThat(progress.ended()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            CANARY,    true,  false, true
            RUNNING,   true,  false, true
            PAUSED,    false, true,  true
            CANCELLED, false, false, false
            FINISHED,  false, false, false
            """)
    void itsStateDecidesWhatMayBeDone(OperationState state, boolean isUnderWay, boolean isPaused, boolean isStoppable) {
        var progress = progress(OperationFixture.running().state(state));

        assertThat(progress.isUnderWay()).isEqualTo(isUnderWay);
        assertThat(progress.isPaused()).isEqualTo(isPaused);
        assertThat(progress.isStoppable()).isEqualTo(isStoppable);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            FINISHED,  0, 0, 0, false
            FINISHED,  1, 0, 0, true
            FINISHED,  0, 1, 0, true
            FINISHED,  0, 0, 1, true
            CANCELLED, 0, 0, 0, false
            CANCELLED, 0, 2, 0, true
            RUNNING,   3, 3, 3, false
            CANARY,    3, 3, 3, false
            PAUSED,    3, 3, 3, false
            """)
    void whatFailedIsResentAfterTheEnd(OperationState state, int failed, int dead, int rejected, boolean isRetryable) {
        var progress = progress(OperationFixture.running()
                .state(state)
                .failed(failed)
                .dead(dead)
                .rejected(rejected));

        assertThat(progress.isRetryable()).isEqualTo(isRetryable);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            RUNNING,   0,  0, 0, 0, true
            CANARY,    5,  5, 0, 0, true
            PAUSED,    5,  5, 0, 0, false
            PAUSED,    5,  4, 0, 0, true
            FINISHED,  12, 12, 0, 0, false
            FINISHED,  12, 10, 1, 1, false
            FINISHED,  12, 10, 1, 0, true
            CANCELLED, 3,  0,  0, 0, true
            CANCELLED, 0,  0,  0, 0, false
            """)
    void itsPageIsKeptFreshWhileSomethingMayChange(
            OperationState state, int resent, int consumed, int dead, int rejected, boolean isLive) {
        var progress = progress(OperationFixture.running()
                .state(state)
                .resent(resent)
                .consumed(consumed)
                .dead(dead)
                .rejected(rejected));

        assertThat(progress.isLive()).isEqualTo(isLive);
    }

    @Test
    void aResendCountsWhatBecameOfItsDeliveries() {
        assertThat(progress(OperationFixture.running()).totals())
                .extracting(Total::name, Total::count)
                .containsExactly(
                        tuple("RESENT", 650),
                        tuple("SENT", 640),
                        tuple("CONSUMED", 600),
                        tuple("DEAD", 3),
                        tuple("REJECTED", 2),
                        tuple("SKIPPED", 40),
                        tuple("FAILED", 10),
                        tuple("WAITING", 500));
    }

    @Test
    void aDiscardCountsWhatItDiscarded() {
        assertThat(progress(OperationFixture.discarding()).totals())
                .extracting(Total::name, Total::count)
                .containsExactly(
                        tuple("DISCARDED", 650), tuple("SKIPPED", 40), tuple("FAILED", 10), tuple("WAITING", 500));
    }

    @Test
    void inTheEndNothingWaits() {
        assertThat(progress(OperationFixture.finished()).totals().getLast())
                .extracting(Total::name, Total::count)
                .containsExactly("WAITING", 0);
    }

    @Test
    void eachNumberLeadsToTheDeliveriesThatItCounts() {
        assertThat(progress(OperationFixture.running()).totals())
                .filteredOn(total -> total.name().equals("SKIPPED"))
                .singleElement()
                .satisfies(total -> assertThat(total.items())
                        .hasToString("/operations/" + Fixtures.OPERATION_ID + "?outcome=SKIPPED"));
    }

    @ParameterizedTest
    @EnumSource(OperationOutcome.class)
    void everyOutcomeOfTheServiceIsANumberOfSomeOperation(OperationOutcome outcome) {
        var resend = progress(OperationFixture.running()).totals().stream();
        var discard = progress(OperationFixture.discarding()).totals().stream();

        assertThat(Stream.concat(resend, discard).map(Total::name)).contains(outcome.name());
    }

    @Test
    void everyNumberIsAnOutcomeOfTheService() {
        var known = Set.copyOf(
                Arrays.stream(OperationOutcome.values()).map(Enum::name).toList());

        assertThat(progress(OperationFixture.running()).totals())
                .extracting(Total::name)
                .isSubsetOf(known);
        assertThat(progress(OperationFixture.discarding()).totals())
                .extracting(Total::name)
                .isSubsetOf(known);
    }

    @Test
    void resendsAndDiscardsAreToldApart() {
        assertThat(progress(OperationFixture.running()).isResend()).isTrue();
        assertThat(progress(OperationFixture.discarding()).isResend()).isFalse();
    }

    private static Progress progress(OperationFixture operation) {
        return new Progress(operation.build());
    }
}
