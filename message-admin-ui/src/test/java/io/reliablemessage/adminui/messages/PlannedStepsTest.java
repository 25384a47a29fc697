package io.reliablemessage.adminui.messages;

import static io.reliablemessage.adminui.fixture.DeliveryFixture.consumed;
import static io.reliablemessage.adminui.fixture.DeliveryFixture.dead;
import static io.reliablemessage.adminui.fixture.DeliveryFixture.discarded;
import static io.reliablemessage.adminui.fixture.DeliveryFixture.rejected;
import static io.reliablemessage.adminui.fixture.DeliveryFixture.sending;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.MessageFixture;
import io.reliablemessage.adminui.messages.MessageTimeline.Mark;
import io.reliablemessage.adminui.messages.MessageTimeline.Step;
import io.reliablemessage.adminui.page.Format;
import io.reliablemessage.adminui.page.Formats;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageView.Checkbacks;
import io.reliablemessage.api.MessageView.Delivery;
import io.reliablemessage.api.TimelineView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What will happen to a message if nobody does anything, and how its steps are told. */
class PlannedStepsTest {

    private static final Instant SOON = Formats.NOW.plusSeconds(600);
    private static final Instant LATER = Formats.NOW.plusSeconds(7_200);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0  | first send to points                                | 首次发送至 points
            1  | attempt 2 to points, unless it acknowledges before  | 对 points 的第 2 次尝试，除非此前已确认消费
            11 | attempt 12 to points, unless it acknowledges before | 对 points 的第 12 次尝试，除非此前已确认消费
            """)
    void anOpenDeliveryIsSentNext(int attempts, String english, String chinese) {
        var planned = planned(MessageFixture.sending().deliveries(open("points", attempts, SOON)));

        assertThat(planned).singleElement().satisfies(step -> {
            assertThat(step.at()).isEqualTo(SOON);
            assertThat(step.since()).isNull();
            assertThat(step.marks()).containsExactly(Mark.NONE, Mark.START_RIGHT, Mark.END_RIGHT);
        });
        assertThat(told(planned.getFirst(), Formats.english())).isEqualTo(english);
        assertThat(told(planned.getFirst(), Formats.chinese())).isEqualTo(chinese);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | check-back 1, unless it decides before | 第 1 次回查，除非此前已有裁决
            7 | check-back 8, unless it decides before | 第 8 次回查，除非此前已有裁决
            """)
    void anUndecidedMessageIsCheckedBackNext(int attempts, String english, String chinese) {
        var planned = planned(MessageFixture.pending(attempts).checkbacks(new Checkbacks(attempts, SOON, null)));

        assertThat(planned).singleElement().satisfies(step -> {
            assertThat(step.at()).isEqualTo(SOON);
            assertThat(step.kind()).isEqualTo("CHECKED_BACK");
            assertThat(step.marks()).containsExactly(Mark.END_LEFT, Mark.START_LEFT);
        });
        assertThat(told(planned.getFirst(), Formats.english())).isEqualTo(english);
        assertThat(told(planned.getFirst(), Formats.chinese())).isEqualTo(chinese);
    }

    @ParameterizedTest
    @EnumSource(value = MessageState.class, names = "PENDING_CONFIRM", mode = EnumSource.Mode.EXCLUDE)
    void nothingIsCheckedBackOnceItIsDecided(MessageState state) {
        var message = MessageFixture.dead()
                .state(state)
                .checkbacks(new Checkbacks(3, SOON, "UNKNOWN"))
                .deliveries();

        assertThat(planned(message)).isEmpty();
    }

    @Test
    void withoutATimeNothingIsPlanned() {
        assertThat(planned(MessageFixture.pending(1).checkbacks(new Checkbacks(1, null, null))))
                .isEmpty();
        assertThat(planned(MessageFixture.pending(0).checkbacks(null))).isEmpty();
        assertThat(planned(MessageFixture.sending().deliveries(open("points", 1, null))))
                .isEmpty();
    }

    @Test
    void whatHasEndedIsNotSentAgainByItself() {
        var message = MessageFixture.dead()
                .deliveries(
                        dead("a").nextAt(SOON).build(),
                        rejected("b").nextAt(SOON).build(),
                        consumed("c").nextAt(SOON).build(),
                        discarded("d").nextAt(SOON).build());

        assertThat(planned(message)).isEmpty();
    }

    @Test
    void theNextComesFirst() {
        var message = MessageFixture.sending()
                .deliveries(open("stock", 1, LATER), open("points", 2, SOON), open("mail", 0, Formats.NOW));

        assertThat(planned(message)).extracting(Step::subscription).containsExactly("mail", "points", "stock");
    }

    @Test
    void whatIsOverdueIsStillToCome() {
        var message = MessageFixture.sending().deliveries(open("points", 2, Formats.NOW.minusSeconds(3_600)));

        assertThat(planned(message)).singleElement().extracting(Step::kind).isEqualTo("REDELIVERED");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            CHECKED_BACK, UNKNOWN,     unknown,     尚不清楚
            CHECKED_BACK, NONE,        no answer,   没有答复
            CHECKED_BACK, COMMITTED,   committed,   已提交
            CHECKED_BACK, ROLLED_BACK, rolled back, 已回滚
            CHECKED_BACK, IN_PROGRESS, IN_PROGRESS, IN_PROGRESS
            CHECKED_BACK, attempt 2,   attempt 2,   attempt 2
            SENT,         attempt 1,   attempt 1,   第 1 次尝试
            REDELIVERED,  attempt 12,  attempt 12,  第 12 次尝试
            BURIED,       attempt 2x,  attempt 2x,  attempt 2x
            BURIED,       'an attempt 2', an attempt 2, an attempt 2
            REJECTED,     UNKNOWN,     UNKNOWN,     UNKNOWN
            RESENT,       db is back,  db is back,  db is back
            """)
    void theServicesWordsAreTranslatedAndStrangersAreNot(String kind, String detail, String english, String chinese) {
        var step = step(kind, detail);

        assertThat(step.text(Formats.english())).isEqualTo(english);
        assertThat(step.text(Formats.chinese())).isEqualTo(chinese);
    }

    @Test
    void aStepWithoutDetailTellsNothingMore() {
        assertThat(step("CONFIRMED", null).text(Formats.english())).isEmpty();
        assertThat(step("CHECKED_BACK", null).text(Formats.english())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{0}", "it's", "<script>alert(1)</script>", "attempt {0}", "attempt -1", "Attempt 2", "attempt 二"
            })
    void hostileDetailsStayWhatTheyAre(String detail) {
        assertThat(step("REJECTED", detail).text(Formats.chinese())).isEqualTo(detail);
        assertThat(step("CHECKED_BACK", detail).text(Formats.chinese())).isEqualTo(detail);
    }

    private static List<Step> planned(MessageFixture message) {
        var began = new TimelineView.Entry(Fixtures.AT, "PREPARED", null, "shop", null);
        return MessageTimeline.of(message.build(), Fixtures.timeline(began)).planned();
    }

    private static Delivery open(String subscription, int attempts, @Nullable Instant next) {
        return sending(subscription).attempts(attempts).nextAt(next).build();
    }

    private static Step step(String kind, @Nullable String detail) {
        var entry = new TimelineView.Entry(Fixtures.AT, kind, null, "service", detail);
        return MessageTimeline.of(MessageFixture.dead().build(), Fixtures.timeline(entry))
                .past()
                .getFirst();
    }

    /** As the page writes it. */
    private static String told(Step step, Format format) {
        return format.text(
                "plan." + step.kind(),
                Objects.requireNonNullElse(step.subscription(), ""),
                Objects.requireNonNullElse(step.detail(), ""));
    }
}
