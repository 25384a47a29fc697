package io.reliablemessage.adminui.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.fixture.DeliveryFixture;
import io.reliablemessage.adminui.fixture.MessageFixture;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageView.Delivery;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a message's state lets be done; who may do it is another question. */
class AvailableActionsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            SENDING,   false, true
            CONSUMED,  false, false
            REJECTED,  true,  true
            DEAD,      true,  true
            DISCARDED, false, false
            """)
    void aDeliverysStateDecides(DeliveryState state, boolean isResendable, boolean isDiscardable) {
        var acts = of(MessageFixture.dead().deliveries(in(state, "points")));

        assertThat(acts.resendable()).isEqualTo(isResendable ? List.of("points") : List.of());
        assertThat(acts.discardable()).isEqualTo(isDiscardable ? List.of("points") : List.of());
        assertThat(acts.isAnything()).isEqualTo(isDiscardable);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            PENDING_CONFIRM, false, true,  false
            PENDING_CONFIRM, true,  true,  true
            CANCELLED,       false, false, false
            CANCELLED,       true,  false, false
            SENDING,         false, false, false
            SENDING,         true,  false, false
            CONSUMED,        true,  false, false
            REJECTED,        true,  false, false
            DEAD,            true,  false, false
            DISCARDED,       true,  false, false
            """)
    void onlyWhatIsUndecidedIsAskedForAndOnlyWhatIsSuspectIsDecided(
            MessageState state, boolean suspect, boolean canCheckBack, boolean canDecide) {
        var acts = of(MessageFixture.dead().state(state).suspect(suspect).deliveries());

        assertThat(acts.canCheckBack()).isEqualTo(canCheckBack);
        assertThat(acts.canDecide()).isEqualTo(canDecide);
        assertThat(acts.isAnything()).isEqualTo(canCheckBack);
    }

    @ParameterizedTest
    @EnumSource(value = MessageState.class, names = "PENDING_CONFIRM", mode = EnumSource.Mode.EXCLUDE)
    void withoutADeliveryNothingCanBeDoneAboutWhatIsDecided(MessageState state) {
        var acts = of(MessageFixture.dead().state(state).deliveries());

        assertThat(acts.isAnything()).isFalse();
        assertThat(acts.resendable()).isEmpty();
        assertThat(acts.discardable()).isEmpty();
    }

    @Test
    void eachDeliveryIsOfferedWhereItCanBeInTheOrderOfThePage() {
        var acts = of(MessageFixture.dead()
                .deliveries(
                        in(DeliveryState.SENDING, "stock"),
                        in(DeliveryState.DEAD, "points"),
                        in(DeliveryState.CONSUMED, "mail"),
                        in(DeliveryState.REJECTED, "ledger"),
                        in(DeliveryState.DISCARDED, "search")));

        assertThat(acts.resendable()).containsExactly("points", "ledger");
        assertThat(acts.discardable()).containsExactly("stock", "points", "ledger");
    }

    @Test
    void whatAllHaveConsumedIsOver() {
        var acts = of(MessageFixture.consumed()
                .deliveries(in(DeliveryState.CONSUMED, "points"), in(DeliveryState.CONSUMED, "stock")));

        assertThat(acts.isAnything()).isFalse();
    }

    @Test
    void whatCanBeResentCanBeDiscarded() {
        var acts = of(MessageFixture.dead()
                .deliveries(Arrays.stream(DeliveryState.values())
                        .map(state -> in(state, state.name()))
                        .toArray(Delivery[]::new)));

        assertThat(acts.discardable()).containsAll(acts.resendable());
    }

    private static AvailableActions of(MessageFixture message) {
        return new AvailableActions(message.build());
    }

    private static Delivery in(DeliveryState state, String subscription) {
        return DeliveryFixture.dead(subscription).state(state).build();
    }
}
