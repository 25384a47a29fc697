package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A time that somebody typed is that of their own clock; one of an address has its offset. */
class FormatParseTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            UTC,                 2026-11-21T10:00,        2026-11-21T10:00:00Z
            UTC,                 2026-11-21T10:00:30,     2026-11-21T10:00:30Z
            UTC,                 2026-11-21T10:00:30.250, 2026-11-21T10:00:30.250Z
            Europe/Berlin,       2026-11-21T10:00,        2026-11-21T09:00:00Z
            Europe/Berlin,       2026-07-21T10:00,        2026-07-21T08:00:00Z
            Asia/Shanghai,       2026-11-21T00:30,        2026-11-20T16:30:00Z
            Asia/Kathmandu,      2026-11-21T15:45,        2026-11-21T10:00:00Z
            America/Los_Angeles, 2026-12-31T23:59:59,     2027-01-01T07:59:59Z
            """)
    void whatIsTypedIsOnTheReadersClock(String zone, String typed, Instant meant) {
        assertThat(Formats.in(zone).parse(typed)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            UTC,           2026-11-21T10:00:00Z
            Europe/Berlin, 2026-11-21T10:00:00Z
            Asia/Shanghai, 2026-11-21T10:00:00Z
            UTC,           2026-11-21T18:00:00+08:00
            UTC,           2026-11-21T18:00+08:00
            Asia/Shanghai, 2026-11-21T18:00:00 08:00
            Europe/Berlin, 2026-11-21T06:30:00.000-03:30
            """)
    void aTimeWithItsOffsetIsTheSameForEverybody(String zone, String given) {
        assertThat(Formats.in(zone).parse(given)).isEqualTo(Instant.parse("2026-11-21T10:00:00Z"));
    }

    @Test
    void aLinkThatIsPassedOnKeepsItsTimeToTheMillisecond() {
        assertThat(Formats.in("Asia/Tokyo").parse("2026-11-21T10:00:00.001Z"))
                .isEqualTo(Instant.parse("2026-11-21T10:00:00.001Z"));
    }

    @Test
    void anHourThatTheClockSkipsIsTheOneAfterIt() {
        assertThat(Formats.in("Europe/Berlin").parse("2026-03-29T02:30"))
                .isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(Formats.in("Europe/Berlin").local("2026-03-29T02:30")).isEqualTo("2026-03-29T03:30:00");
    }

    @Test
    void ofAnHourThatIsThereTwiceTheFirstIsMeant() {
        assertThat(Formats.in("Europe/Berlin").parse("2026-10-25T02:30"))
                .isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "   ",
                "yesterday",
                "2026-11-21",
                "10:00",
                "2026-11-21 10:00",
                "21.11.2026 10:00",
                "2026-13-01T10:00",
                "2026-02-30T10:00",
                "2026-11-21T25:00",
                "2026-11-21T10:00:00ZZ",
                "Z",
                "<script>alert(1)</script>Z",
                "2026-11-21T10:00'; DROP TABLE message; --"
            })
    void whatIsNoTimeIsNone(String typed) {
        assertThat(Formats.english().parse(typed)).isNull();
        assertThat(Formats.english().local(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            UTC,           2026-11-21T10:00:00Z,    2026-11-21T10:00:00
            UTC,           2026-11-21T10:00:00.9Z,  2026-11-21T10:00:00
            Europe/Berlin, 2026-11-21T10:00:00Z,    2026-11-21T11:00:00
            Asia/Shanghai, 2026-11-21T16:30:00Z,    2026-11-22T00:30:00
            Asia/Shanghai, 2026-11-21T10:00,        2026-11-21T10:00:00
            UTC,           2026-11-21T10:00:07,     2026-11-21T10:00:07
            """)
    void anInputShowsATimeAsTheReadersClockDoes(String zone, String given, String shown) {
        assertThat(Formats.in(zone).local(given)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham"})
    void whatAnInputShowsIsReadBackAsTheSameTime(String zone) {
        var format = Formats.in(zone);

        assertThat(format.parse(format.local("2026-11-21T10:00:07Z"))).isEqualTo(Instant.parse("2026-11-21T10:00:07Z"));
    }
}
