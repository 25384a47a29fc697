package io.reliablemessage.adminui.messages;

import static io.reliablemessage.adminui.messages.FilterFixture.chosen;
import static io.reliablemessage.adminui.messages.FilterFixture.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.adminapi.message.MessageQuery;
import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.page.Formats;
import io.reliablemessage.adminui.page.Unreadable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a bulk operation is about: just what the filter says, or nothing at all. */
class FilterQueryTest {

    private static final Instant A_WEEK_AGO = Instant.parse("2026-11-14T12:00:00Z");

    @Test
    void nothingGivenIsTheLastWeek() {
        assertThat(query(filter()))
                .isEqualTo(new MessageQuery(
                        null, null, null, null, null, null, null, null, null, null, null, A_WEEK_AGO, null));
    }

    @Test
    void everyPartGoesAlong() {
        var all = filter(
                "state", "DEAD",
                "topic", "order.placed",
                "subscription", "points",
                "producer", "shop",
                "key", "A-1",
                "cause", Fixtures.CAUSE_ID,
                "overdue", "true",
                "suspect", "true",
                "minAttempts", "3",
                "olderThan", "2d",
                "from", "2026-11-01T00:00:00Z",
                "to", "2026-11-02T00:00:00Z");

        assertThat(query(all))
                .isEqualTo(new MessageQuery(
                        SearchState.DEAD,
                        true,
                        true,
                        "order.placed",
                        "points",
                        "shop",
                        "A-1",
                        UUID.fromString(Fixtures.CAUSE_ID),
                        3,
                        null,
                        Duration.ofDays(2),
                        Instant.parse("2026-11-01T00:00:00Z"),
                        Instant.parse("2026-11-02T00:00:00Z")));
    }

    @ParameterizedTest
    @EnumSource(SearchState.class)
    void everyStateCanBeTheFilters(SearchState state) {
        assertThat(query(filter("state", state.name(), "window", "all")))
                .extracting("state")
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            state,       LOST
            state,       dead
            cause,       no-uuid
            minAttempts, many
            minAttempts, 3.5
            minAttempts, 99999999999
            olderThan,   soon
            olderThan,   6 hours
            overdue,     yes
            suspect,     TRUE
            overdue,     false
            suspect,     ' '
            state,       ' '
            olderThan,   ' '
            from,        ' '
            from,        yesterday
            from,        2026-11-21
            to,          tomorrow
            to,          2026-02-30T00:00
            """)
    void whatCannotBeReadIsNoOperationInsteadOfAWiderOne(String name, String value) {
        assertThatThrownBy(() -> query(filter(name, value, "topic", "order.placed")))
                .isInstanceOf(Unreadable.class)
                .hasMessage(name + " = " + value);
    }

    @Test
    void idsThatCannotBeReadAreNoOperation() {
        assertThatThrownBy(() -> query(chosen(Fixtures.MESSAGE_ID, "A-1"))).isInstanceOf(Unreadable.class);
    }

    @Test
    void chosenMessagesAreTheChosenOnesOfAllTime() {
        assertThat(query(chosen("", Fixtures.MESSAGE_ID, Fixtures.OTHER_MESSAGE_ID)))
                .isEqualTo(new MessageQuery(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(UUID.fromString(Fixtures.MESSAGE_ID), UUID.fromString(Fixtures.OTHER_MESSAGE_ID)),
                        null,
                        null,
                        null));
    }

    @Test
    void ifNothingWasChosenItIsAboutNothing() {
        assertThat(query(chosen())).extracting("ids").isEqualTo(List.of());
        assertThat(query(chosen("", ""))).extracting("ids").isEqualTo(List.of());
    }

    @Test
    void aBoxThatIsNotTickedAsksForNothing() {
        assertThat(query(filter("overdue", "", "suspect", "")))
                .isEqualTo(new MessageQuery(
                        null, null, null, null, null, null, null, null, null, null, null, A_WEEK_AGO, null));
    }

    @Test
    void emptyPartsAreNoParts() {
        assertThat(query(filter("state", "", "topic", "", "cause", "", "minAttempts", "", "window", "all")))
                .isEqualTo(
                        new MessageQuery(null, null, null, null, null, null, null, null, null, null, null, null, null));
    }

    @Test
    void theFormOfAPreviewKeepsTheStartOfItsWindow() {
        var asShown = filter("state", "DEAD", "window", "PT1H").since(Formats.english());

        var aMinuteLater = filter("state", "DEAD", "from", String.valueOf(asShown), "window", "")
                .toQuery(Formats.at("2026-11-21T12:01:00Z"));

        assertThat(aMinuteLater).extracting("from").isEqualTo(Instant.parse("2026-11-21T11:00:00Z"));
    }

    @Test
    void aWindowLargerThanTimeItselfIsNone() {
        assertThatThrownBy(() -> query(filter("window", "P99999999999D"))).isInstanceOf(Unreadable.class);
    }

    private static MessageQuery query(Filter filter) {
        return filter.toQuery(Formats.english());
    }
}
