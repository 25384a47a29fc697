package io.reliablemessage.adminui.messages;

import static io.reliablemessage.adminui.messages.FilterFixture.chosen;
import static io.reliablemessage.adminui.messages.FilterFixture.filter;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.messages.Filter.Chip;
import io.reliablemessage.adminui.page.Formats;
import io.reliablemessage.adminui.page.PageUrl;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page shows of its filter: the chosen window, and a chip for each part. */
class FilterShownTest {

    private static final PageUrl HERE = PageUrl.of("/messages");

    @ParameterizedTest
    @CsvSource(textBlock = """
            PT1H,   PT1H
            PT60M,  PT1H
            PT24H,  PT24H
            P1D,    PT24H
            P7D,    P7D
            PT168H, P7D
            P30D,   P30D
            all,    all
            PT36H,  ''
            '',     P7D
            """)
    void theChosenWindowIsMarked(String window, String marked) {
        assertThat(filter("window", window).shownWindow()).isEqualTo(marked);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            key,          A-1,                  all
            cause,        7d0e3f57-5a0c-4a1e-9f0e-0a1b2c3d4e5f, all
            topic,        order.placed,         P7D
            from,         2026-11-21T10:00:00Z, ''
            to,           2026-11-21T10:00:00Z, ''
            from,         yesterday,            ''
            """)
    void withoutAChoiceTheWindowThatIsInForceIsMarked(String name, String value, String marked) {
        assertThat(filter(name, value).shownWindow()).isEqualTo(marked);
    }

    @Test
    void chosenMessagesAreThoseOfAllTime() {
        assertThat(chosen(Fixtures.MESSAGE_ID).shownWindow()).isEqualTo("all");
        assertThat(chosen().shownWindow()).isEqualTo("all");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            PT1H, '',                   2026-11-21T11:00:00Z
            '',   '',                   2026-11-14T12:00:00Z
            all,  '',                   -
            PT1H, 2026-11-20T10:00:00Z, 2026-11-20T10:00:00Z
            all,  2026-11-20T10:00:00Z, 2026-11-20T10:00:00Z
            '',   yesterday,            -
            """)
    void aListGoesBackToTheStartOfItsWindow(String window, String from, @Nullable Instant since) {
        assertThat(filter("window", window, "from", from).since(Formats.english()))
                .isEqualTo(since);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topic",
                "subscription",
                "producer",
                "key",
                "cause",
                "overdue",
                "suspect",
                "minAttempts",
                "olderThan",
                "from",
                "to"
            })
    void eachPartHasAChipThatTakesItAway(String name) {
        var here = HERE.with("state", "DEAD").with(name, "x").with("cursor", "abc");

        assertThat(filter("state", "DEAD", name, "x").chips(here))
                .singleElement()
                .satisfies(chip -> {
                    assertThat(chip.name()).isEqualTo(name);
                    assertThat(chip.value()).isEqualTo("x");
                    assertThat(chip.without()).hasToString("/messages?state=DEAD");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "window"})
    void whatHasTabsOfItsOwnHasNoChip(String name) {
        assertThat(filter(name, "DEAD").chips(HERE)).isEmpty();
    }

    @Test
    void emptyPartsHaveNoChip() {
        assertThat(filter("topic", "", "key", "").chips(HERE)).isEmpty();
    }

    @Test
    void chosenMessagesAreCounted() {
        var here = HERE.with("ids", "a,b");

        assertThat(chosen("", "a", "b").chips(here)).singleElement().satisfies(chip -> {
            assertThat(chip.name()).isEqualTo("ids");
            assertThat(chip.value()).isEqualTo("2");
            assertThat(chip.without()).hasToString("/messages");
        });
        assertThat(chosen().chips(here)).extracting(Chip::value).containsExactly("0");
    }

    @Test
    void chipsKeepOneOrder() {
        var all = filter("to", "t", "from", "f", "olderThan", "1h", "key", "k", "producer", "p", "topic", "o");

        assertThat(all.chips(HERE))
                .extracting(Chip::name)
                .containsExactly("topic", "producer", "key", "olderThan", "from", "to");
    }

    @Test
    void everyChipHasANameInBothLanguages() {
        var names = List.of(
                "topic",
                "subscription",
                "producer",
                "key",
                "cause",
                "overdue",
                "suspect",
                "minAttempts",
                "olderThan",
                "ids",
                "from",
                "to");

        assertThat(names).allSatisfy(name -> {
            assertThat(Formats.english().text("filter." + name)).isNotBlank();
            assertThat(Formats.chinese().text("filter." + name)).isNotBlank();
        });
    }

    @Test
    void aHostileValueIsShownAsItIsAndTakenAwayAsAWhole() {
        var hostile = "<script>&state=SENDING";
        var here = HERE.with("key", hostile).with("topic", "t");

        assertThat(filter("key", hostile).chips(here)).singleElement().satisfies(chip -> {
            assertThat(chip.value()).isEqualTo(hostile);
            assertThat(chip.without()).hasToString("/messages?topic=t");
        });
    }

    @Test
    void everyWindowThatIsOfferedHasATextAndIsMarkedWhenItIsChosen() {
        assertThat(Filter.WINDOWS).isNotEmpty().allSatisfy(window -> {
            assertThat(filter("window", window).shownWindow()).isEqualTo(window);
            assertThat(Formats.english().text("window." + window)).isNotBlank();
        });
    }
}
