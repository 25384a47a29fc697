package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times are those of the reader's clock, whatever zone the server is in. */
class FormatClockTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            UTC,                 2026-11-21T10:00:00Z,     2026-11-21 10:00:00
            UTC,                 2026-11-21T10:00:00.999Z, 2026-11-21 10:00:00
            Europe/Berlin,       2026-11-21T10:00:00Z,     2026-11-21 11:00:00
            Europe/Berlin,       2026-07-21T10:00:00Z,     2026-07-21 12:00:00
            Asia/Shanghai,       2026-11-21T16:30:00Z,     2026-11-22 00:30:00
            Asia/Kathmandu,      2026-11-21T10:00:00Z,     2026-11-21 15:45:00
            America/St_Johns,    2026-11-21T02:00:00Z,     2026-11-20 22:30:00
            America/Los_Angeles, 2027-01-01T07:59:59Z,     2026-12-31 23:59:59
            Pacific/Kiritimati,  2026-12-31T10:00:00Z,     2027-01-01 00:00:00
            Pacific/Chatham,     2026-06-01T00:00:00Z,     2026-06-01 12:45:00
            """)
    void aTimeIsToTheSecondOnTheReadersClock(String zone, Instant time, String shown) {
        assertThat(Formats.in(zone).at(time)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            Europe/Berlin,    2026-03-29T00:59:59Z, 2026-03-29 01:59:59
            Europe/Berlin,    2026-03-29T01:00:00Z, 2026-03-29 03:00:00
            Europe/Berlin,    2026-10-25T00:30:00Z, 2026-10-25 02:30:00
            Europe/Berlin,    2026-10-25T01:30:00Z, 2026-10-25 02:30:00
            Europe/Berlin,    2026-10-25T02:00:00Z, 2026-10-25 03:00:00
            America/New_York, 2026-03-08T06:59:59Z, 2026-03-08 01:59:59
            America/New_York, 2026-03-08T07:00:00Z, 2026-03-08 03:00:00
            Australia/Lord_Howe, 2026-10-03T15:29:59Z, 2026-10-04 01:59:59
            Australia/Lord_Howe, 2026-10-03T15:30:00Z, 2026-10-04 02:30:00
            """)
    void clocksThatAreSetForwardOrBackAreFollowed(String zone, Instant time, String shown) {
        assertThat(Formats.in(zone).at(time)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            UTC,            2026-11-21T10:00:00.123Z, 10:00:00.123
            UTC,            2026-11-21T00:00:00Z,     00:00:00.000
            UTC,            2026-11-21T23:59:59.999Z, 23:59:59.999
            UTC,            2026-11-20T23:59:59.999Z, 11-20 23:59:59.999
            UTC,            2026-11-22T00:00:00Z,     11-22 00:00:00.000
            Asia/Shanghai,  2026-11-20T16:00:00Z,     00:00:00.000
            Asia/Shanghai,  2026-11-20T15:59:59Z,     11-20 23:59:59.000
            Asia/Shanghai,  2026-11-21T16:00:00Z,     11-22 00:00:00.000
            America/Denver, 2026-11-21T06:59:59Z,     11-20 23:59:59.000
            America/Denver, 2026-11-21T07:00:00Z,     00:00:00.000
            """)
    void ofTodayTheDayIsLeftOut(String zone, Instant time, String shown) {
        assertThat(Formats.in(zone).clock(time)).isEqualTo(shown);
    }

    @Test
    void todayIsTheReadersDayNotTheServers() {
        var justAfterMidnightInTokyo =
                Formats.of(Locale.ENGLISH, ZoneId.of("Asia/Tokyo"), Instant.parse("2026-11-21T15:00:01Z"));

        assertThat(justAfterMidnightInTokyo.clock(Instant.parse("2026-11-21T15:00:00Z")))
                .isEqualTo("00:00:00.000");
        assertThat(justAfterMidnightInTokyo.clock(Instant.parse("2026-11-21T14:59:59Z")))
                .isEqualTo("11-21 23:59:59.000");
    }

    @Test
    void timesAreWrittenAlikeInBothLanguages() {
        var time = Instant.parse("2026-11-20T10:00:00.123Z");

        assertThat(Formats.chinese().at(time)).isEqualTo("2026-11-20 10:00:00");
        assertThat(Formats.chinese().clock(time)).isEqualTo("11-20 10:00:00.123");
    }

    @ParameterizedTest
    @CsvSource({"Europe/Berlin, Europe/Berlin", "Asia/Shanghai, Asia/Shanghai", "UTC, UTC", "Z, UTC", "+05:45, +05:45"})
    void theZoneIsNamed(String zone, String shown) {
        assertThat(Formats.in(zone).zone()).isEqualTo(shown);
    }

    @Test
    void withoutAZoneOfTheReaderTimesAreInUtc() {
        assertThat(Formats.of(Locale.ENGLISH, ZoneOffset.UTC, Formats.NOW).zone())
                .isEqualTo("UTC");
    }

    @Test
    void allTimesOfAPageAreCountedFromOneNow() {
        assertThat(Formats.english().now()).isEqualTo(Instant.parse("2026-11-21T12:00:00Z"));
    }
}
