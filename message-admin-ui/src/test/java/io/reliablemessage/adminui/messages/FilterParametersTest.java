package io.reliablemessage.adminui.messages;

import static io.reliablemessage.adminui.messages.FilterFixture.chosen;
import static io.reliablemessage.adminui.messages.FilterFixture.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.adminui.page.Formats;
import io.reliablemessage.adminui.page.Unreadable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a list asks the service for. It is Saturday, noon, in UTC. */
class FilterParametersTest {

    private static final String A_WEEK = "from=2026-11-14T12%3A00%3A00Z";

    @Test
    void nothingGivenIsTheLastWeek() {
        assertThat(asked(filter())).isEqualTo("?" + A_WEEK);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            state,        DEAD,         ?state=DEAD&
            topic,        order.placed, ?topic=order.placed&
            subscription, points,       ?subscription=points&
            producer,     shop,         ?producer=shop&
            overdue,      true,         ?overdue=true&
            suspect,      true,         ?suspect=true&
            minAttempts,  3,            ?minAttempts=3&
            olderThan,    6h,           ?olderThan=PT6H&
            olderThan,    2d,           ?olderThan=PT48H&
            olderThan,    PT6H,         ?olderThan=PT6H&
            """)
    void eachPartIsAskedForWithinTheLastWeek(String name, String value, String asked) {
        assertThat(asked(filter(name, value))).isEqualTo(asked + A_WEEK);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            key,   A-1,                                  ?key=A-1
            cause, 7d0e3f57-5a0c-4a1e-9f0e-0a1b2c3d4e5f, ?cause=7d0e3f57-5a0c-4a1e-9f0e-0a1b2c3d4e5f
            """)
    void aKeyAndACauseAreLookedForInAllTime(String name, String value, String asked) {
        assertThat(asked(filter(name, value))).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            PT1H,   ?from=2026-11-21T11%3A00%3A00Z
            PT24H,  ?from=2026-11-20T12%3A00%3A00Z
            P7D,    ?from=2026-11-14T12%3A00%3A00Z
            P30D,   ?from=2026-10-22T12%3A00%3A00Z
            PT36H,  ?from=2026-11-20T00%3A00%3A00Z
            36h,    ?from=2026-11-20T00%3A00%3A00Z
            P3650D, ?from=2016-11-23T12%3A00%3A00Z
            all,    ''
            '',     ?from=2026-11-14T12%3A00%3A00Z
            """)
    void aWindowEndsNow(String window, String asked) {
        assertThat(asked(filter("window", window))).isEqualTo(asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "7",
                "P1M",
                "P1Y",
                "P3651D",
                "PT0S",
                "PT-1H",
                "P99999999999D",
                "P9999999999999999D",
                "PT9999999999999H",
                "<b>"
            })
    void aWindowThatCannotBeReadIsNoOther(String window) {
        assertThatThrownBy(() -> asked(filter("window", window))).isInstanceOf(Unreadable.class);
    }

    @Test
    void aKeyMayBeLookedForWithinAWindow() {
        assertThat(asked(filter("key", "A-1", "window", "PT1H"))).isEqualTo("?key=A-1&from=2026-11-21T11%3A00%3A00Z");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-11-20T10:00:00Z, '',                   ?from=2026-11-20T10%3A00%3A00Z
            2026-11-20T10:00,     '',                   ?from=2026-11-20T10%3A00%3A00Z
            '',                   2026-11-20T10:00:00Z, ?to=2026-11-20T10%3A00%3A00Z
            2026-11-19T10:00,     2026-11-20T10:00,     ?from=2026-11-19T10%3A00%3A00Z&to=2026-11-20T10%3A00%3A00Z
            """)
    void timesThatAreGivenWinOverAnyWindow(String from, String to, String asked) {
        assertThat(asked(filter("from", from, "to", to))).isEqualTo(asked);
        assertThat(asked(filter("from", from, "to", to, "window", "PT1H"))).isEqualTo(asked);
        assertThat(asked(filter("from", from, "to", to, "window", "all"))).isEqualTo(asked);
    }

    @Test
    void timesAreThoseOfTheReadersClock() {
        assertThat(filter("from", "2026-11-21T00:00").toParameters(Formats.in("Asia/Shanghai")))
                .hasToString("?from=2026-11-20T16%3A00%3A00Z");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            olderThan,   soon,       ?olderThan=soon&
            olderThan,   6 hours,    ?olderThan=6%20hours&
            minAttempts, many,       ?minAttempts=many&
            state,       LOST,       ?state=LOST&
            overdue,     perhaps,    ?overdue=perhaps&
            suspect,     false,      ?suspect=false&
            topic,       ' ',        ?topic=%20&
            olderThan,   ' ',        ?olderThan=%20&
            """)
    void whatCannotBeReadIsLeftToTheServiceToRefuse(String name, String value, String asked) {
        assertThat(asked(filter(name, value))).isEqualTo(asked + A_WEEK);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            from, yesterday,  ?from=yesterday
            from, 2026-11-21, ?from=2026-11-21
            to,   tomorrow,   ?to=tomorrow
            to,   2026-13-01T00:00, ?to=2026-13-01T00%3A00
            """)
    void aTimeThatCannotBeReadDoesNotWidenTheSearch(String name, String value, String asked) {
        assertThat(asked(filter(name, value))).isEqualTo(asked);
    }

    @Test
    void chosenMessagesAreAskedForInAllTime() {
        assertThat(asked(chosen("a", "b"))).isEqualTo("?ids=a%2Cb");
        assertThat(asked(chosen("", "a", "", "b"))).isEqualTo("?ids=a%2Cb");
    }

    @Test
    void ifNothingWasChosenTheServiceIsAskedForNothingAndNotForEverything() {
        assertThat(asked(chosen())).isEqualTo("?ids=");
        assertThat(asked(chosen("", ""))).isEqualTo("?ids=");
    }

    @Test
    void emptyPartsAreNotAskedFor() {
        assertThat(asked(filter("state", "", "topic", "", "key", "", "olderThan", "")))
                .isEqualTo("?" + A_WEEK);
    }

    @Test
    void allOfItAtOnceIsAskedForInOneOrder() {
        var all = filter(
                "to", "2026-11-21T11:00:00Z",
                "from", "2026-11-21T10:00:00Z",
                "olderThan", "30m",
                "minAttempts", "3",
                "suspect", "true",
                "overdue", "true",
                "key", "A 1",
                "producer", "shop",
                "subscription", "points",
                "topic", "order.placed",
                "state", "SENDING");

        assertThat(asked(all))
                .isEqualTo("?state=SENDING&topic=order.placed&subscription=points&producer=shop&key=A%201&overdue=true"
                        + "&suspect=true&minAttempts=3&olderThan=PT30M&from=2026-11-21T10%3A00%3A00Z"
                        + "&to=2026-11-21T11%3A00%3A00Z");
    }

    @Test
    void undecidedMessagesAreLookedForInAllTime() {
        assertThat(asked(Filter.undecided(null, false))).isEqualTo("?state=PENDING_CONFIRM&overdue=true");
        assertThat(asked(Filter.undecided(null, true))).isEqualTo("?state=PENDING_CONFIRM&suspect=true");
        assertThat(asked(Filter.undecided("shop", true)))
                .isEqualTo("?state=PENDING_CONFIRM&producer=shop&suspect=true");
        assertThat(asked(Filter.undecided("", false))).isEqualTo("?state=PENDING_CONFIRM&overdue=true");
    }

    private static String asked(Filter filter) {
        return filter.toParameters(Formats.english()).toString();
    }
}
