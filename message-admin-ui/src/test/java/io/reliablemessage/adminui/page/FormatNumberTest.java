package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.message.MessageCount;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers read the same in each language and on each machine. Their thin space does not break a line. */
class FormatNumberTest {

    private static final Locale BEFORE = Locale.getDefault();

    private final Format format = Formats.english();

    @AfterEach
    void restore() {
        Locale.setDefault(BEFORE);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,                    0
            7,                    7
            999,                  999
            1000,                 1_000
            10000,                10_000
            999999,               999_999
            1000000,              1_000_000
            2147483647,           2_147_483_647
            9223372036854775807,  9_223_372_036_854_775_807
            -1,                   -1
            -1234,                -1_234
            """)
    void thousandsStandApart(long number, String shown) {
        assertThat(format.number(number)).isEqualTo(thin(shown));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1,        100_%
            0.9999999,99.9_%
            0.9999,   99.9_%
            0.9995,   99.9_%
            0.999,    99.9_%
            0.98,     98.0_%
            0.875,    87.5_%
            0.5,      50.0_%
            0.3333,   33.3_%
            0.001,    0.1_%
            0.0009,   0.0_%
            0,        0.0_%
            """)
    void whatIsNotAllIsNeverShownAsAll(double share, String shown) {
        assertThat(format.percent(share)).isEqualTo(thin(shown));
    }

    @ParameterizedTest
    @CsvSource({"0.29, 29.0_%", "0.57, 57.0_%", "0.58, 58.0_%", "0.35, 35.0_%", "0.14, 14.0_%", "0.07, 7.0_%"})
    void aWholePercentIsNotLostToBinaryFractions(double share, String shown) {
        assertThat(format.percent(share)).isEqualTo(thin(shown));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,     false, 0
            12,    false, 12
            9999,  false, 9_999
            10000, false, 10_000
            10000, true,  10_000+
            42,    true,  42+
            0,     true,  0+
            """)
    void aCountThatEndedEarlyHasAPlus(int count, boolean isCapped, String shown) {
        assertThat(format.count(new MessageCount(count, isCapped))).isEqualTo(thin(shown));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,       0 B
            1,       1 B
            1023,    1023 B
            1024,    1.0 KiB
            1536,    1.5 KiB
            10240,   10.0 KiB
            65536,   64.0 KiB
            1048576, 1024.0 KiB
            """)
    void sizesAreInBytesOrKibibytes(long size, String shown) {
        assertThat(format.bytes(size)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            01a20060-10fc-76b5-8149-1366a471eb19, …a471eb19
            12345678,                             …12345678
            1234567,                              …1234567
            '',                                   …
            """)
    void ofAnIdItsEndIsShownSinceListsBeginAlike(String id, String shown) {
        assertThat(format.shortId(id)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"ar-EG", "fa-IR", "hi-IN-u-nu-deva", "tr-TR", "de-DE", "th-TH-u-nu-thai"})
    void theServersOwnLanguageChangesNoNumber(String language) {
        Locale.setDefault(Locale.forLanguageTag(language));

        assertThat(format.number(1234567)).isEqualTo(thin("1_234_567"));
        assertThat(format.percent(0.985)).isEqualTo(thin("98.5_%"));
        assertThat(format.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(format.duration(Duration.ofMillis(1500))).isEqualTo("1.5 s");
        assertThat(format.at(Formats.NOW)).isEqualTo("2026-11-21 12:00:00");
    }

    @Test
    void numbersAreTheSameInBothLanguages() {
        assertThat(Formats.chinese().number(1234567)).isEqualTo(format.number(1234567));
        assertThat(Formats.chinese().percent(0.985)).isEqualTo(format.percent(0.985));
    }

    private static String thin(String shown) {
        return shown.replace('_', '\u202f');
    }
}
