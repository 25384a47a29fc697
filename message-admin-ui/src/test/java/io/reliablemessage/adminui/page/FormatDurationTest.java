package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spans of time are short, in one unit, and never longer than they are. */
class FormatDurationTest {

    private final Format english = Formats.english();
    private final Format chinese = Formats.chinese();

    @ParameterizedTest
    @CsvSource(textBlock = """
            PT0S,              0 ms,     0 毫秒
            PT0.000999S,       0 ms,     0 毫秒
            PT0.001S,          1 ms,     1 毫秒
            PT0.999S,          999 ms,   999 毫秒
            PT0.999999999S,    999 ms,   999 毫秒
            PT1S,              1.0 s,    1.0 秒
            PT1.04S,           1.0 s,    1.0 秒
            PT1.25S,           1.2 s,    1.2 秒
            PT1.99S,           1.9 s,    1.9 秒
            PT9.9S,            9.9 s,    9.9 秒
            PT9.949S,          9.9 s,    9.9 秒
            PT9.95S,           9.9 s,    9.9 秒
            PT9.999S,          9.9 s,    9.9 秒
            PT10S,             10 s,     10 秒
            PT10.9S,           10 s,     10 秒
            PT59S,             59 s,     59 秒
            PT59.999S,         59 s,     59 秒
            PT1M,              1 min,    1 分钟
            PT1M59.999S,       1 min,    1 分钟
            PT2M,              2 min,    2 分钟
            PT59M59.999S,      59 min,   59 分钟
            PT1H,              1 h,      1 小时
            PT1H59M59S,        1 h,      1 小时
            PT23H59M59S,       23 h,     23 小时
            PT24H,             24 h,     24 小时
            PT47H59M59.999S,   47 h,     47 小时
            PT48H,             2 d,      2 天
            PT71H59M59S,       2 d,      2 天
            P3D,               3 d,      3 天
            P30D,              30 d,     30 天
            P365D,             365 d,    365 天
            P3650D,            3650 d,   3650 天
            """)
    void aSpanIsInTheLargestUnitThatTellsEnough(Duration span, String english, String chinese) {
        assertThat(this.english.duration(span)).isEqualTo(english);
        assertThat(this.chinese.duration(span)).isEqualTo(chinese);
    }

    @ParameterizedTest
    @CsvSource({"PT-0.001S", "PT-1S", "PT-48H", "P-3650D"})
    void clocksThatDifferDoNotMakeSpansNegative(Duration span) {
        assertThat(english.duration(span)).isEqualTo("0 ms");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-11-21T11:59:59.500Z, 500 ms,  500 ms ago,  500 毫秒前
            2026-11-21T11:59:55Z,     5.0 s,   5.0 s ago,   5.0 秒前
            2026-11-21T11:59:01Z,     59 s,    59 s ago,    59 秒前
            2026-11-21T11:46:00Z,     14 min,  14 min ago,  14 分钟前
            2026-11-21T11:00:00Z,     1 h,     1 h ago,     1 小时前
            2026-11-19T12:00:01Z,     47 h,    47 h ago,    47 小时前
            2026-11-19T12:00:00Z,     2 d,     2 d ago,     2 天前
            2025-11-21T12:00:00Z,     365 d,   365 d ago,   365 天前
            """)
    void whatIsPastHasAnAge(Instant time, String age, String ago, String chinese) {
        assertThat(english.age(time)).isEqualTo(age);
        assertThat(english.ago(time)).isEqualTo(ago);
        assertThat(this.chinese.ago(time)).isEqualTo(chinese);
    }

    @Test
    void aTimeThatTheServicesClockPutsAheadOfOursHasNoAgeYet() {
        assertThat(english.age(Formats.NOW.plusSeconds(3))).isEqualTo("0 ms");
        assertThat(english.ago(Formats.NOW.plusSeconds(3))).isEqualTo("0 ms ago");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-11-21T12:00:00.001Z, in 1 ms,    1 毫秒后
            2026-11-21T12:00:00.999Z, in 999 ms,  999 毫秒后
            2026-11-21T12:00:30Z,     in 30 s,    30 秒后
            2026-11-21T12:14:00Z,     in 14 min,  14 分钟后
            2026-11-21T13:00:00Z,     in 1 h,     1 小时后
            2026-11-23T11:59:59Z,     in 47 h,    47 小时后
            2026-11-23T12:00:00Z,     in 2 d,     2 天后
            """)
    void whatIsToComeIsSaidWithItsWait(Instant time, String english, String chinese) {
        assertThat(this.english.until(time)).isEqualTo(english);
        assertThat(this.chinese.until(time)).isEqualTo(chinese);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-21T12:00:00Z", "2026-11-21T11:59:59.999Z", "2026-11-20T12:00:00Z", "1970-01-01T00:00:00Z"})
    void whatShouldHaveHappenedIsDue(Instant time) {
        assertThat(english.until(time)).isEqualTo("due now");
        assertThat(chinese.until(time)).isEqualTo("已到期");
    }

    @Test
    void whatHasNoTimeIsLeftEmpty() {
        assertThat(english.age(null)).isEmpty();
        assertThat(english.ago(null)).isEmpty();
        assertThat(english.until(null)).isEmpty();
        assertThat(english.at(null)).isEmpty();
    }

    @Test
    void aSpanIsTheSameInEveryZone() {
        var acrossAChangeOfTheClocks = Formats.of(
                Locale.ENGLISH,
                ZoneId.of("Europe/Berlin"),
                Instant.parse("2026-10-25T12:00:00Z")); // the night before had 25 hours

        assertThat(acrossAChangeOfTheClocks.age(Instant.parse("2026-10-24T12:00:00Z")))
                .isEqualTo("24 h");
        assertThat(acrossAChangeOfTheClocks.age(Instant.parse("2026-10-23T11:00:00Z")))
                .isEqualTo("2 d");
    }
}
