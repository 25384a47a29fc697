package io.reliablemessage.adminui.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.fixture.MessageFixture;
import io.reliablemessage.adminui.page.Format;
import io.reliablemessage.adminui.page.Formats;
import io.reliablemessage.api.MessageView.Checkbacks;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an undecided message waits for: its first check-back, the next one, or a decision by hand. */
class UndecidedSentenceTest {

    private static final Instant SOON = Formats.NOW.plusSeconds(600);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-21T12:00:20Z | Waiting for shop to confirm or cancel. First check-back in 20 s. | 等待 shop 确认或取消。首次回查：20 秒后。
            2026-11-21T14:00:00Z | Waiting for shop to confirm or cancel. First check-back in 2 h.  | 等待 shop 确认或取消。首次回查：2 小时后。
            """)
    void beforeItsTimeThereIsNoCheckback(Instant next, String english, String chinese) {
        var message = pending(0, next, null, false);

        assertThat(in(Formats.english(), message)).isEqualTo(english);
        assertThat(in(Formats.chinese(), message)).isEqualTo(chinese);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            2  | UNKNOWN     | Waiting for shop to decide. 2 check-backs so far, last answer: unknown. Next check-back in 10 min.      | 等待 shop 裁决。已回查 2 次，最近答复：尚不清楚。下次回查：10 分钟后。
            3  | -           | Waiting for shop to decide. 3 check-backs so far, last answer: no answer. Next check-back in 10 min.    | 等待 shop 裁决。已回查 3 次，最近答复：没有答复。下次回查：10 分钟后。
            3  | COMMITTED   | Waiting for shop to decide. 3 check-backs so far, last answer: committed. Next check-back in 10 min.    | 等待 shop 裁决。已回查 3 次，最近答复：已提交。下次回查：10 分钟后。
            3  | ROLLED_BACK | Waiting for shop to decide. 3 check-backs so far, last answer: rolled back. Next check-back in 10 min.  | 等待 shop 裁决。已回查 3 次，最近答复：已回滚。下次回查：10 分钟后。
            12 | IN_PROGRESS | Waiting for shop to decide. 12 check-backs so far, last answer: IN_PROGRESS. Next check-back in 10 min. | 等待 shop 裁决。已回查 12 次，最近答复：IN_PROGRESS。下次回查：10 分钟后。
            """)
    void checkbacksAreToldWithTheLastAnswer(int attempts, @Nullable String answer, String english, String chinese) {
        var message = pending(attempts, SOON, answer, false);

        assertThat(in(Formats.english(), message)).isEqualTo(english);
        assertThat(in(Formats.chinese(), message)).isEqualTo(chinese);
    }

    @Test
    void oneCheckbackIsNotSeveral() {
        assertThat(in(Formats.english(), pending(1, SOON, "UNKNOWN", false)))
                .isEqualTo("Waiting for shop to decide. One check-back so far, last answer: unknown."
                        + " Next check-back in 10 min.");
        assertThat(in(Formats.english(), pending(1, SOON, null, true)))
                .isEqualTo("Suspect: shop has not decided after one check-back; last answer: no answer."
                        + " Next check-back in 10 min. A lead can decide by hand.");
        assertThat(in(Formats.chinese(), pending(1, SOON, null, true)))
                .isEqualTo("存疑：已向 shop 回查 1 次，仍未裁决；最近答复：没有答复。下次回查：10 分钟后。负责人可以人工裁决。");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-21T12:10:00Z | in 10 min | 10 分钟后
            2026-11-21T12:00:00Z | due now   | 已到期
            2026-11-20T12:00:00Z | due now   | 已到期
            """)
    void aSuspectMessageIsForALead(Instant next, String english, String chinese) {
        var message = pending(8, next, "UNKNOWN", true);

        assertThat(in(Formats.english(), message))
                .isEqualTo("Suspect: shop has not decided after 8 check-backs; last answer: unknown. Next check-back "
                        + english + ". A lead can decide by hand.");
        assertThat(in(Formats.chinese(), message))
                .isEqualTo("存疑：已向 shop 回查 8 次，仍未裁决；最近答复：尚不清楚。下次回查：" + chinese + "。负责人可以人工裁决。");
    }

    @Test
    void aSuspectMessageWithoutACheckbackIsForALeadAsWell() {
        var message = pending(0, Formats.NOW.minusSeconds(60), null, true);

        assertThat(in(Formats.english(), message))
                .isEqualTo("Suspect: shop has not decided, and there was no check-back. A lead can decide by hand.");
        assertThat(in(Formats.chinese(), message)).isEqualTo("存疑：shop 尚未裁决，也从未被回查。负责人可以人工裁决。");
    }

    @Test
    void manyCheckbacksAreWrittenInOnePiece() {
        assertThat(in(Formats.english(), pending(1_200, SOON, "UNKNOWN", true))).contains("after 1,200 check-backs;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{2}", "it's", "<script>alert(1)</script>", "a'{0}'b", "${7*7}"})
    void whatStrangersWroteStaysWhatItIs(String stranger) {
        var message = MessageFixture.pending(2).producer(stranger).checkbacks(new Checkbacks(2, SOON, stranger));

        assertThat(in(Formats.english(), message))
                .isEqualTo("Waiting for " + stranger + " to decide. 2 check-backs so far, last answer: " + stranger
                        + ". Next check-back in 10 min.");
    }

    private static MessageFixture pending(int attempts, Instant next, @Nullable String answer, boolean suspect) {
        return MessageFixture.pending(attempts)
                .checkbacks(new Checkbacks(attempts, next, answer))
                .suspect(suspect);
    }

    private static String in(Format format, MessageFixture message) {
        return new StatusSentence(message.build(), format).sentence();
    }
}
