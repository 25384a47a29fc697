package io.reliablemessage.adminui.messages;

import static io.reliablemessage.adminui.fixture.DeliveryFixture.consumed;
import static io.reliablemessage.adminui.fixture.DeliveryFixture.dead;
import static io.reliablemessage.adminui.fixture.DeliveryFixture.rejected;
import static io.reliablemessage.adminui.fixture.DeliveryFixture.sending;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.fixture.DeliveryFixture;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.MessageFixture;
import io.reliablemessage.adminui.page.Formats;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageView.Delivery;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a decided message waits for, or how it ended, as an operator reads it. */
class StatusSentenceTest {

    private static final Instant SOON = Formats.NOW.plusSeconds(600);
    private static final Instant LATER = Formats.NOW.plusSeconds(7_200);
    private static final String STAYS =
            " It stays until somebody resends or discards it, or points acknowledges after all.";

    @Test
    void aCancelledMessageNamesWhoCancelledIt() {
        assertThat(english(MessageFixture.cancelled())).isEqualTo("Cancelled by shop. Nothing was sent.");
        assertThat(chinese(MessageFixture.cancelled())).isEqualTo("已由 shop 取消，没有发送任何内容。");
        assertThat(english(MessageFixture.cancelled().decidedBy("grace")))
                .isEqualTo("Cancelled by grace. Nothing was sent.");
    }

    @Test
    void aMessageWithoutDeliveriesYetIsOnItsWay() {
        var message = MessageFixture.sending().deliveries();

        assertThat(english(message)).isEqualTo("Confirmed, and on its way.");
        assertThat(chinese(message)).isEqualTo("已确认，正在投递。");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-21T12:00:00Z | Confirmed; the first send to points is due (due now). | 已确认；对 points 的首次发送：已到期。
            2026-11-21T11:00:00Z | Confirmed; the first send to points is due (due now). | 已确认；对 points 的首次发送：已到期。
            2026-11-21T12:00:02Z | Confirmed; the first send to points is due (in 2.0 s). | 已确认；对 points 的首次发送：2.0 秒后。
            2026-11-23T12:00:00Z | Confirmed; the first send to points is due (in 2 d). | 已确认；对 points 的首次发送：2 天后。
            """)
    void whatWasNeverSentWaitsForItsFirstSend(Instant next, String english, String chinese) {
        var message = MessageFixture.sending()
                .deliveries(
                        sending("points").attempts(0).sentAt(null).nextAt(next).build());

        assertThat(english(message)).isEqualTo(english);
        assertThat(chinese(message)).isEqualTo(chinese);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1  | Waiting for points to acknowledge. If it does not: redelivery in 10 min. | 等待 points 确认消费。若无回应，重新投递：10 分钟后。
            2  | Waiting for points to acknowledge, after 2 attempts. Next redelivery in 10 min. | 等待 points 确认消费，已尝试 2 次。下次重新投递：10 分钟后。
            11 | Waiting for points to acknowledge, after 11 attempts. Next redelivery in 10 min. | 等待 points 确认消费，已尝试 11 次。下次重新投递：10 分钟后。
            """)
    void whatIsOnItsWayWaitsForItsAck(int attempts, String english, String chinese) {
        var message = MessageFixture.sending().deliveries(open("points", attempts, SOON));

        assertThat(english(message)).isEqualTo(english);
        assertThat(chinese(message)).isEqualTo(chinese);
    }

    @Test
    void aRedeliveryThatIsOverdueIsDueNow() {
        var overdue = MessageFixture.sending().deliveries(open("points", 3, Formats.NOW.minusSeconds(3_600)));

        assertThat(english(overdue))
                .isEqualTo("Waiting for points to acknowledge, after 3 attempts. Next redelivery due now.");
        assertThat(chinese(overdue)).isEqualTo("等待 points 确认消费，已尝试 3 次。下次重新投递：已到期。");
    }

    @Test
    void ofSeveralOpenDeliveriesTheNextOneIsNamedAndTheOthersAreCounted() {
        var two = MessageFixture.sending().deliveries(open("stock", 2, LATER), open("points", 1, SOON));
        var three = MessageFixture.sending()
                .deliveries(open("stock", 2, LATER), open("points", 1, SOON), open("mail", 5, LATER));

        assertThat(english(two))
                .isEqualTo("Waiting for points to acknowledge. If it does not: redelivery in 10 min. One more waits.");
        assertThat(english(three))
                .isEqualTo("Waiting for points to acknowledge. If it does not: redelivery in 10 min. 2 more wait.");
        assertThat(chinese(two)).isEqualTo("等待 points 确认消费。若无回应，重新投递：10 分钟后。另有 1 个订阅在等待。");
        assertThat(chinese(three)).isEqualTo("等待 points 确认消费。若无回应，重新投递：10 分钟后。另有 2 个订阅在等待。");
    }

    @Test
    void whatHasEndedIsNotCountedAsWaiting() {
        var message = MessageFixture.sending()
                .deliveries(
                        consumed("stock").build(),
                        open("points", 1, SOON),
                        consumed("mail").build());

        assertThat(english(message))
                .isEqualTo("Waiting for points to acknowledge. If it does not: redelivery in 10 min.");
    }

    @Test
    void aDeadMessageNamesItsErrorAndWhatMayStillHappen() {
        assertThat(english(MessageFixture.dead()))
                .isEqualTo("Given up for points after 12 attempts: no ack after 12 attempts." + STAYS);
        assertThat(chinese(MessageFixture.dead()))
                .isEqualTo("对 points 的投递在 12 次尝试后判死：no ack after 12 attempts。它会一直保留，直到有人重发或放弃，或者 points 迟到地确认消费。");
    }

    @ParameterizedTest
    @CsvSource({"0, no attempt", "1, one attempt", "2, 2 attempts", "1000, '1,000 attempts'"})
    void oneAttemptIsNotSeveral(int attempts, String counted) {
        var message = MessageFixture.dead()
                .deliveries(dead("points").attempts(attempts).lastError("gone").build());

        assertThat(english(message)).isEqualTo("Given up for points after " + counted + ": gone." + STAYS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "1||",
                "2| One more is dead.|另有 1 个投递已判死。",
                "3| 2 more are dead.|另有 2 个投递已判死。",
                "12| 11 more are dead.|另有 11 个投递已判死。"
            })
    void theOtherDeadOnesAreCounted(int count, String english, String chinese) {
        var message = MessageFixture.dead().deliveries(several(count, DeliveryFixture::dead));

        assertThat(english(message)).endsWith("acknowledges after all." + (english == null ? "" : english));
        assertThat(chinese(message)).endsWith("迟到地确认消费。" + (chinese == null ? "" : chinese));
    }

    @Test
    void aMessageThatIsDeadForOneIsDeadWhateverTheOthersDid() {
        var message = MessageFixture.dead()
                .deliveries(
                        consumed("stock").build(),
                        rejected("mail").build(),
                        dead("points").build(),
                        open("ledger", 1, SOON));

        assertThat(english(message))
                .startsWith("Given up for points after 12 attempts")
                .endsWith("after all.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | Rejected by points0: the account is closed.                       | points0 拒绝了它：the account is closed。
            2 | Rejected by points0: the account is closed. One more rejected it. | points0 拒绝了它：the account is closed。另有 1 个订阅拒绝。
            4 | Rejected by points0: the account is closed. 3 more rejected it.   | points0 拒绝了它：the account is closed。另有 3 个订阅拒绝。
            """)
    void aRejectedMessageNamesTheReasonOfItsConsumer(int count, String english, String chinese) {
        var message = MessageFixture.rejected().deliveries(several(count, DeliveryFixture::rejected));

        assertThat(english(message)).isEqualTo(english);
        assertThat(chinese(message)).isEqualTo(chinese);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | An operator discarded the delivery to points0: sent by mistake.               | 运维人员终止了对 points0 的投递：sent by mistake。
            2 | An operator discarded the delivery to points0: sent by mistake. And one more. | 运维人员终止了对 points0 的投递：sent by mistake。另有 1 个。
            3 | An operator discarded the delivery to points0: sent by mistake. And 2 more.   | 运维人员终止了对 points0 的投递：sent by mistake。另有 2 个。
            """)
    void aDiscardedMessageNamesTheReasonOfTheOperator(int count, String english, String chinese) {
        var message = MessageFixture.discarded().deliveries(several(count, DeliveryFixture::discarded));

        assertThat(english(message)).isEqualTo(english);
        assertThat(chinese(message)).isEqualTo(chinese);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | 2026-11-21T10:00:01.250Z | Consumed by its subscription, 250 ms after the decision.     | 其订阅已消费，距裁决 250 毫秒。
            2 | 2026-11-21T10:00:03Z     | Consumed by all 2 subscriptions, 2.0 s after the decision.   | 全部 2 个订阅均已消费，距裁决 2.0 秒。
            3 | 2026-11-21T10:14:01Z     | Consumed by all 3 subscriptions, 14 min after the decision.  | 全部 3 个订阅均已消费，距裁决 14 分钟。
            3 | 2026-11-24T10:00:01Z     | Consumed by all 3 subscriptions, 3 d after the decision.     | 全部 3 个订阅均已消费，距裁决 3 天。
            """)
    void aConsumedMessageTellsHowLongItTook(int count, Instant last, String english, String chinese) {
        var deliveries = several(count, name -> consumed(name).finishedAt(Fixtures.AT.plusSeconds(1)));
        deliveries[0] = consumed("slowest").finishedAt(last).build();
        var message = MessageFixture.consumed().deliveries(deliveries);

        assertThat(english(message)).isEqualTo(english);
        assertThat(chinese(message)).isEqualTo(chinese);
    }

    @Test
    void anAckThatTheServicesClocksPutBeforeTheDecisionTookNoTime() {
        var message = MessageFixture.consumed()
                .deliveries(consumed("points").finishedAt(Fixtures.AT).build());

        assertThat(english(message)).isEqualTo("Consumed by its subscription, 0 ms after the decision.");
    }

    @Test
    void timesThatAnOlderServiceLeavesOutAreDoneWithout() {
        var message = MessageFixture.consumed()
                .decidedAt(null)
                .deliveries(consumed("points").finishedAt(null).build());

        assertThat(english(message)).isEqualTo("Consumed by its subscription, 0 ms after the decision.");
    }

    @Test
    void whatStrangersWroteStaysWhatItIs() {
        var message = MessageFixture.dead()
                .deliveries(dead("a{0}b")
                        .attempts(2)
                        .lastError("{1} it's {3,choice,0#x} <script>")
                        .build());

        assertThat(english(message))
                .startsWith("Given up for a{0}b after 2 attempts: {1} it's {3,choice,0#x} <script>. It");
        assertThat(chinese(message)).startsWith("对 a{0}b 的投递在 2 次尝试后判死：{1} it's {3,choice,0#x} <script>。它");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            PENDING_CONFIRM, true
            SENDING,         true
            CANCELLED,       false
            CONSUMED,        false
            DEAD,            false
            REJECTED,        false
            DISCARDED,       false
            """)
    void aMessageWaitsWhileSomethingMayStillHappenByItself(MessageState state, boolean waits) {
        var message = MessageFixture.dead().state(state).build();

        assertThat(new StatusSentence(message, Formats.english()).isWaiting()).isEqualTo(waits);
    }

    private static Delivery open(String subscription, int attempts, Instant next) {
        return sending(subscription).attempts(attempts).nextAt(next).build();
    }

    private static Delivery[] several(int count, Function<String, DeliveryFixture> delivery) {
        return IntStream.range(0, count)
                .mapToObj(number -> delivery.apply("points" + number).build())
                .toArray(Delivery[]::new);
    }

    private static String english(MessageFixture message) {
        return new StatusSentence(message.build(), Formats.english()).sentence();
    }

    private static String chinese(MessageFixture message) {
        return new StatusSentence(message.build(), Formats.chinese()).sentence();
    }
}
