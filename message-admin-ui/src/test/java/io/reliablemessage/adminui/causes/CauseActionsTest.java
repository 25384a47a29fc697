package io.reliablemessage.adminui.causes;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.cause.CauseView;
import io.reliablemessage.adminapi.overview.Window;
import io.reliablemessage.adminui.api.Operator.Role;
import io.reliablemessage.adminui.fixture.CauseFixture;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.page.Rendering;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page of dead letters says of a cause, and lets its reader do about it. */
class CauseActionsTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            3, -,        csv
            3, VIEWER,   csv
            3, OPERATOR, resend csv note
            3, LEAD,     resend discard csv note
            3, ADMIN,    resend discard csv note
            0, -,        ''
            0, VIEWER,   ''
            0, OPERATOR, note
            0, LEAD,     note
            0, ADMIN,    note
            """)
    void whatStandsAndTheRoleDecide(int count, @Nullable Role role, String offered) {
        var page = page(CauseFixture.dead().count(count), role);

        assertThat(Stream.concat(Rendering.links(page).stream(), Rendering.forms(page).stream())
                        .map(CauseActionsTest::name)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(offered);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0    | no delivery; show their messages
            1    | one delivery; show their messages
            2    | 2 deliveries; show their messages
            """)
    void howManyThereAreIsReadAloud(int count, String label) {
        assertThat(page(CauseFixture.dead().count(count), Role.VIEWER)).contains("aria-label=\"" + label + "\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | one was resent before
            2 | 2 were resent before
            """)
    void whatWasResentBeforeIsSaid(int before, String said) {
        assertThat(page(CauseFixture.dead().resentBefore(before), Role.VIEWER)).contains(said);
        assertThat(page(CauseFixture.dead(), Role.VIEWER)).doesNotContain("resent before");
    }

    @Test
    void aSampleThatIsLikeItsFingerprintIsNotRepeated() {
        assertThat(page(CauseFixture.rejected(), Role.VIEWER)).doesNotContain("Latest:");
        assertThat(page(CauseFixture.dead(), Role.VIEWER)).contains("Latest:");
    }

    @Test
    void theCauseOfAllOthersHasANameInstead() {
        assertThat(page(CauseFixture.dead().fingerprint(""), Role.VIEWER)).contains("Other causes");
    }

    @Test
    void aNoteNamesWhoWroteIt() {
        var note = new CauseView.Note("the <b>db</b> is full", "grace", Fixtures.AT);

        assertThat(page(CauseFixture.dead().note(note), Role.VIEWER))
                .contains("the &lt;b&gt;db&lt;/b&gt; is full", "grace", "2 h ago");
    }

    @Test
    void aTrendTellsItsBucketsAndItsSpan() {
        assertThat(page(CauseFixture.dead().trend(0, 2, 1), Role.VIEWER))
                .contains("Failures per 1 h", "last 3 h", "viewBox=\"0 0 3 24\"");
    }

    @Test
    void itReadsInChinese() {
        var note = new CauseView.Note("x", "grace", Fixtures.AT);
        var page = Rendering.chinese(
                "causes",
                model(CauseFixture.dead().fingerprint("").resentBefore(2).note(note)));
        var empty = Rendering.chinese(
                "causes",
                Map.of(
                        "cards", List.of(),
                        "bucket", Duration.ofHours(1),
                        "window", "PT1H",
                        "state", "DEAD",
                        "windows", Window.values()));

        assertThat(page).contains("其中 2 个曾被重发", "其他所有错误");
        assertThat(empty).contains("没有死信。");
        assertThat(Rendering.untranslated(page + empty)).isEmpty();
    }

    private static String page(CauseFixture cause, @Nullable Role role) {
        return Rendering.page("causes", role, model(cause));
    }

    private static Map<String, Object> model(CauseFixture cause) {
        return Map.of(
                "cards", List.of(new CauseCard(cause.build())),
                "bucket", Duration.ofHours(1),
                "window", "",
                "state", "",
                "windows", Window.values());
    }

    private static String name(String address) {
        if (address.startsWith("/operations/new?")) {
            return address.endsWith("action=RESEND") ? "resend" : "discard";
        }
        if (address.startsWith("/messages.csv?")) {
            return "csv";
        }
        return address.equals("/causes/" + Fixtures.CAUSE_ID + "/note") ? "note" : "";
    }
}
