package io.reliablemessage.adminui.causes;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.fixture.CauseFixture;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.page.Bars;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cause's card: its trend, and the ways to its messages. */
class CauseCardTest {

    private static final String OF_THE_CAUSE =
            "cause=7d0e3f57-5a0c-4a1e-9f0e-0a1b2c3d4e5f&subscription=points&state=DEAD&window=all";

    @Test
    void itsMessagesAreThoseOfAllTime() {
        assertThat(card(CauseFixture.dead()).messages()).hasToString("/messages?" + OF_THE_CAUSE);
        assertThat(card(CauseFixture.rejected()).messages())
                .hasToString("/messages?" + OF_THE_CAUSE.replace("DEAD", "REJECTED"));
    }

    @ParameterizedTest
    @CsvSource({"RESEND", "DISCARD"})
    void anOperationUponItIsAboutTheSameMessages(String action) {
        assertThat(card(CauseFixture.dead()).operation(action))
                .hasToString("/operations/new?" + OF_THE_CAUSE + "&action=" + action);
    }

    @Test
    void aHostileSubscriptionIsNothingButAValue() {
        var cause = CauseFixture.dead().subscription("a&state=SENDING#\"><script>");

        assertThat(card(cause).messages())
                .hasToString("/messages?cause=" + Fixtures.CAUSE_ID
                        + "&subscription=a%26state%3DSENDING%23%22%3E%3Cscript%3E&state=DEAD&window=all");
    }

    @Test
    void itsTrendIsDrawnBucketByBucket() {
        assertThat(card(CauseFixture.dead().trend(0, 2, 1)).trend().bars())
                .extracting(Bars.Bar::value)
                .containsExactly(0, 2, 1);
        assertThat(card(CauseFixture.dead().trend(0, 2, 1)).trend().bars())
                .extracting(Bars.Bar::height)
                .containsExactly(0, 24, 12);
    }

    @Test
    void aCauseThatEndedNothingLatelyHasAFlatTrend() {
        var week = Collections.nCopies(168, 0).toArray(Integer[]::new);

        assertThat(card(CauseFixture.dead().trend(week)).trend().bars())
                .hasSize(168)
                .allSatisfy(bar -> assertThat(bar.height()).isZero());
        assertThat(card(CauseFixture.dead().trend()).trend().bars()).isEmpty();
    }

    private static CauseCard card(CauseFixture cause) {
        return new CauseCard(cause.build());
    }
}
