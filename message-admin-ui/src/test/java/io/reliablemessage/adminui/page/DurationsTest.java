package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans as operators type them. */
class DurationsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            30s,          PT30S
            30S,          PT30S
            5m,           PT5M
            90m,          PT90M
            6h,           PT6H
            6H,           PT6H
            1h30m,        PT1H30M
            1H30M15S,     PT1H30M15S
            2d,           PT48H
            2D,           PT48H
            365d,         PT8760H
            0s,           PT0S
            0.5s,         PT0.5S
            '  6h  ',     PT6H
            '\t6h\n',     PT6H
            """)
    void theyAreReadAsPeopleWriteThem(String typed, Duration meant) {
        assertThat(Durations.parse(typed)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            PT6H,       PT6H
            pt6h,       PT6H
            P2D,        PT48H
            p2d,        PT48H
            P1DT6H,     PT30H
            p1dt6h30m,  PT30H30M
            PT0.001S,   PT0.001S
            PT24H,      PT24H
            """)
    void theyAreReadAsTheServiceWritesThem(String written, Duration meant) {
        assertThat(Durations.parse(written)).contains(meant);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n", "\u3000"})
    void nothingIsNone(String typed) {
        assertThat(Durations.parse(typed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6",
                "h",
                "six hours",
                "6 h",
                "1w",
                "P1W",
                "P1M",
                "P1Y",
                "6h 30m",
                "30s, 5m",
                "1d6h",
                "6hh",
                "P",
                "PT",
                "d",
                "６h",
                "6ч",
                "1.5h",
                "99999999999999999999s",
                "9223372036854775807d",
                "<b>6h</b>",
                "6h'; DROP TABLE delivery; --"
            })
    void whatIsNoSpanIsNone(String typed) {
        assertThat(Durations.parse(typed)).isEmpty();
    }

    @Test
    void theServersOwnLanguageDoesNotMatter() {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR")); // where i has another capital
            assertThat(Durations.parse("15min")).isEmpty();
            assertThat(Durations.parse("2d")).contains(Duration.ofDays(2));
        } finally {
            Locale.setDefault(before);
        }
    }
}
