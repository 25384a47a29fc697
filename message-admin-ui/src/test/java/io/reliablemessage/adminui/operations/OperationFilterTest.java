package io.reliablemessage.adminui.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.message.MessageQuery;
import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.OperationFixture;
import io.reliablemessage.adminui.page.Formats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operation is about: as a sentence, and as a link to the same messages. */
class OperationFilterTest {

    private static final Instant FROM = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void withoutAFilterItIsEverything() {
        var everything = progress(OperationFixture.everything());

        assertThat(everything.what(Formats.english())).isEqualTo("everything");
        assertThat(everything.what(Formats.chinese())).isEqualTo("全部");
        assertThat(everything.messages()).hasToString("/messages?window=all");
    }

    @Test
    void theUsualOneIsAStateOfASubscription() {
        var dead = progress(OperationFixture.deadOfPoints());

        assertThat(dead.what(Formats.english())).isEqualTo("State Dead · Subscription points");
        assertThat(dead.what(Formats.chinese())).isEqualTo("状态 已判死 · 订阅 points");
        assertThat(dead.messages()).hasToString("/messages?state=DEAD&subscription=points&window=all");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            true, -,    Overdue,           overdue=true&window=all
            -,    true, Suspect,           suspect=true&window=all
            true, true, Overdue · Suspect, overdue=true&suspect=true&window=all
            """)
    void whatIsOverdueOrSuspectIsNotEverything(
            @Nullable Boolean overdue, @Nullable Boolean suspect, String sentence, String parameters) {
        var filter =
                new MessageQuery(null, overdue, suspect, null, null, null, null, null, null, null, null, null, null);

        assertThat(progress(filter).what(Formats.english())).isEqualTo(sentence);
        assertThat(progress(filter).messages()).hasToString("/messages?" + parameters);
    }

    @Test
    void everyPartIsSaidAndLinked() {
        var filter = new MessageQuery(
                SearchState.SENDING,
                true,
                null,
                "order.placed",
                "points",
                "shop",
                "A 1",
                UUID.fromString(Fixtures.CAUSE_ID),
                3,
                null,
                Duration.ofHours(6),
                FROM,
                TO);

        assertThat(progress(filter).what(Formats.english()))
                .isEqualTo("State Sending · Overdue · Subscription points · Topic order.placed · Producer shop"
                        + " · Business key A 1 · Cause " + Fixtures.CAUSE_ID
                        + " · Attempts at least 3 · Older than 6 h · From 2026-11-20 10:00:00"
                        + " · Before 2026-11-21 10:00:00");
        assertThat(progress(filter).messages())
                .hasToString("/messages?state=SENDING&overdue=true&subscription=points&topic=order.placed&producer=shop"
                        + "&key=A%201&cause=" + Fixtures.CAUSE_ID
                        + "&minAttempts=3&olderThan=PT6H&from=2026-11-20T10%3A00%3A00Z&to=2026-11-21T10%3A00%3A00Z");
    }

    @Test
    void timesAreThoseOfTheReadersClock() {
        var filter = new MessageQuery(null, null, null, null, null, null, null, null, null, null, null, FROM, TO);

        assertThat(progress(filter).what(Formats.in("Asia/Kathmandu")))
                .isEqualTo("From 2026-11-20 15:45:00 · Before 2026-11-21 15:45:00");
    }

    @Test
    void withoutABeginningItsMessagesAreThoseOfAllTime() {
        var filter = new MessageQuery(null, null, null, null, null, null, null, null, null, null, null, null, TO);

        assertThat(progress(filter).messages()).hasToString("/messages?to=2026-11-21T10%3A00%3A00Z&window=all");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1,   Selected 1
            100, Selected 100
            101, Selected 101
            500, Selected 500
            """)
    void selectedMessagesAreCounted(int count, String sentence) {
        assertThat(progress(selected(count)).what(Formats.english())).isEqualTo(sentence);
    }

    @Test
    void aFewSelectedMessagesAreLinked() {
        assertThat(progress(selected(2)).messages())
                .hasToString("/messages?ids=00000000-0000-0000-0000-000000000000%2C"
                        + "00000000-0000-0000-0000-000000000001&window=all");
        assertThat(progress(selected(100)).messages().toString())
                .startsWith("/messages?ids=")
                .hasSizeLessThan(8_000);
    }

    @Test
    void moreThanAnAddressTakesAreShownByTheOperationItself() {
        assertThat(progress(selected(101)).messages()).hasToString("/operations/" + Fixtures.OPERATION_ID);
    }

    @Test
    void hostileNamesStayWhatTheyAre() {
        var filter = new MessageQuery(
                null, null, null, "{0}<b>'", null, null, "a&state=DEAD", null, null, null, null, null, null);

        assertThat(progress(filter).what(Formats.english())).isEqualTo("Topic {0}<b>' · Business key a&state=DEAD");
        assertThat(progress(filter).messages())
                .hasToString("/messages?topic=%7B0%7D%3Cb%3E%27&key=a%26state%3DDEAD&window=all");
    }

    private static MessageQuery selected(int count) {
        var ids = IntStream.range(0, count)
                .mapToObj(number -> new UUID(0, number))
                .toList();
        return new MessageQuery(
                null, null, null, null, null, null, null, null, null, List.copyOf(ids), null, null, null);
    }

    private static Progress progress(MessageQuery filter) {
        return new Progress(OperationFixture.running().filter(filter).build());
    }
}
