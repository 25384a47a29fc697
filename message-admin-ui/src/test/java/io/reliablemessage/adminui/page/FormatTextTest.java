package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.adminapi.cause.CauseKind;
import io.reliablemessage.api.MessageState;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.NoSuchMessageException;

/** Texts in the reader's language, with what strangers wrote in them left as it is. */
class FormatTextTest {

    private final Format english = Formats.english();
    private final Format chinese = Formats.chinese();

    @ParameterizedTest
    @CsvSource(textBlock = """
            state,          PENDING_CONFIRM,    Pending,              待确认
            state,          SENDING,            Sending,              投递中
            state,          DEAD,               Dead,                 已判死
            answer,         UNKNOWN,            unknown,              尚不清楚
            cause,          NO_ACK,             No acknowledgement,   无人确认消费
            event,          LATE_ACK,           Acknowledged late,    迟到的消费确认
            part.name,      status-checker,     Status checker,       状态回查器
            outcome,        RESENT,             Due again,            重新到期
            audit.action,   SET_OPERATION_RATE, Operation: rate,      批量操作：调整速率
            audit.outcome,  forbidden,          refused: role,        被拒：权限不足
            """)
    void aWordOfTheServiceIsInTheReadersLanguage(String prefix, String name, String english, String chinese) {
        assertThat(this.english.word(prefix, name)).isEqualTo(english);
        assertThat(this.chinese.word(prefix, name)).isEqualTo(chinese);
    }

    @Test
    void aWordMayBeAConstant() {
        assertThat(english.word("state", MessageState.REJECTED)).isEqualTo("Rejected");
        assertThat(chinese.word("cause", CauseKind.BROKER_REFUSED)).isEqualTo("中间件拒收");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            state,         ARCHIVED
            answer,        IN_PROGRESS
            cause,         TOO_LARGE
            event,         KIND_OF_TOMORROW
            part.name,     relay
            outcome,       DEFERRED
            audit.action,  ROTATE_KEY
            audit.outcome, too-many-calls
            """)
    void aWordOfANewerServiceIsShownAsItComes(String prefix, String name) {
        assertThat(english.word(prefix, name)).isEqualTo(name);
        assertThat(chinese.word(prefix, name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{0}",
                "{0,choice,",
                "it's",
                "''",
                "%s %d",
                "${7*7}",
                "#{7*7}",
                "<img src=x onerror=alert(1)>",
                "a.b.c",
                "状态"
            })
    void aWordThatIsAnythingIsLeftAsItIs(String name) {
        assertThat(english.word("answer", name)).isEqualTo(name);
        assertThat(chinese.word("answer", name)).isEqualTo(name);
    }

    @Test
    void noWordIsNoText() {
        assertThat(english.word("state", null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"it's {0} o'clock", "{1}", "{", "}", "'", "<b>bold</b>", "{0,choice,1#one|1<many}", "\\u0041"})
    void whatStrangersWroteIsNoPartOfAText(String name) {
        assertThat(english.text("message.of", name, "shop")).isEqualTo(name + ", from shop");
        assertThat(chinese.text("message.of", "order.placed", name)).isEqualTo("order.placed，来自 " + name);
    }

    @Test
    void aTextThatIsMissingIsAMistakeOfOurs() {
        assertThatThrownBy(() -> english.text("no.such.key"))
                .isInstanceOf(NoSuchMessageException.class)
                .hasMessageContaining("no.such.key");
    }

    @ParameterizedTest
    @CsvSource({"de-DE, Dead", "fr, Dead", "en-GB, Dead", "zh-CN, 已判死", "zh-TW, 已判死", "zh-Hans-SG, 已判死"})
    void everyChineseIsOursAndAllElseIsEnglish(String language, String shown) {
        var format = Formats.of(Locale.forLanguageTag(language), ZoneOffset.UTC, Formats.NOW);

        assertThat(format.word("state", "DEAD")).isEqualTo(shown);
    }

    @Test
    void theServersOwnLanguageIsNobodys() {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.CHINESE);
            assertThat(english.word("state", "DISCARDED")).isEqualTo("Discarded");
        } finally {
            Locale.setDefault(before);
        }
    }
}
