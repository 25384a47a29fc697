package io.reliablemessage.adminui.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.operation.OperationAction;
import io.reliablemessage.adminapi.operation.OperationItemsView;
import io.reliablemessage.adminapi.operation.OperationPreview.Skipped;
import io.reliablemessage.adminapi.operation.OperationState;
import io.reliablemessage.adminapi.operation.SkipReason;
import io.reliablemessage.adminui.api.Operator.Role;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.OperationFixture;
import io.reliablemessage.adminui.fixture.PreviewFixture;
import io.reliablemessage.adminui.messages.Filters;
import io.reliablemessage.adminui.page.Rendering;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the page of an operation, and that of a new one, lets its reader do. */
class OperationActionsTest {

    private static final Pattern BUTTON = Pattern.compile("<button class=\"button is-(?:main|grave)\"([^>]*)>(\\w+) ");

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            CANARY,    -,        ''
            CANARY,    VIEWER,   ''
            CANARY,    OPERATOR, pause rate cancel
            CANARY,    LEAD,     pause rate cancel
            CANARY,    ADMIN,    pause rate cancel
            RUNNING,   -,        ''
            RUNNING,   VIEWER,   ''
            RUNNING,   OPERATOR, pause rate cancel
            RUNNING,   LEAD,     pause rate cancel
            RUNNING,   ADMIN,    pause rate cancel
            PAUSED,    -,        ''
            PAUSED,    VIEWER,   ''
            PAUSED,    OPERATOR, resume rate cancel
            PAUSED,    LEAD,     resume rate cancel
            PAUSED,    ADMIN,    resume rate cancel
            CANCELLED, -,        ''
            CANCELLED, VIEWER,   ''
            CANCELLED, OPERATOR, retry
            CANCELLED, LEAD,     retry
            CANCELLED, ADMIN,    retry
            FINISHED,  -,        ''
            FINISHED,  VIEWER,   ''
            FINISHED,  OPERATOR, retry
            FINISHED,  LEAD,     retry
            FINISHED,  ADMIN,    retry
            """)
    void anOperationsStateAndTheRoleDecide(OperationState state, @Nullable Role role, String offered) {
        assertThat(offered(OperationFixture.running().state(state), role)).isEqualTo(offered);
    }

    @ParameterizedTest
    @CsvSource({"OPERATOR", "LEAD", "ADMIN"})
    void ofWhatWentWellNothingIsResent(Role role) {
        assertThat(offered(OperationFixture.finished(), role)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            service, by the service: a canary was not consumed
            ada,     by ada
            """)
    void whoPausedItIsSaid(String by, String said) {
        assertThat(page(OperationFixture.paused(by), Role.VIEWER)).contains(said);
    }

    @Test
    void whoResumesAfterACanaryIsWarned() {
        var warning = "A canary was not consumed. If you resume, the others are sent all the same.";

        assertThat(page(OperationFixture.paused("service"), Role.OPERATOR)).contains(warning);
        assertThat(page(OperationFixture.paused("ada"), Role.OPERATOR)).doesNotContain(warning);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            RESEND,  12,   -,        false, false
            RESEND,  12,   VIEWER,   false, false
            RESEND,  12,   OPERATOR, true,  false
            RESEND,  12,   LEAD,     true,  false
            RESEND,  1000, OPERATOR, true,  false
            RESEND,  1001, -,        false, true
            RESEND,  1001, VIEWER,   false, true
            RESEND,  1001, OPERATOR, false, true
            RESEND,  1001, LEAD,     true,  true
            RESEND,  1001, ADMIN,    true,  true
            DISCARD, 12,   -,        false, false
            DISCARD, 12,   VIEWER,   false, false
            DISCARD, 12,   OPERATOR, false, false
            DISCARD, 12,   LEAD,     true,  false
            DISCARD, 12,   ADMIN,    true,  false
            DISCARD, 1001, OPERATOR, false, true
            DISCARD, 1001, LEAD,     true,  true
            """)
    void aLargeOperationAndADiscardAreForALeadAndALargeOneIsTyped(
            OperationAction action, int matched, @Nullable Role role, boolean isOffered, boolean isTyped) {
        var page = preview(action, PreviewFixture.of(matched), role);

        var button = BUTTON.matcher(page).results().findFirst().orElseThrow();
        assertThat(button.group(2)).isEqualTo(action == OperationAction.RESEND ? "Resend" : "Discard");
        assertThat(!button.group(1).contains("disabled")).isEqualTo(isOffered);
        assertThat(page.contains("name=\"typed\"")).isEqualTo(isTyped);
    }

    @Test
    void nothingIsStartedWhereNothingMatchesOrTooMuchDoes() {
        assertThat(preview(OperationAction.RESEND, PreviewFixture.of(0), Role.ADMIN))
                .contains("deliveries of no message match")
                .doesNotContain("class=\"how\"");
        assertThat(preview(OperationAction.RESEND, PreviewFixture.of(10_000).capped(true), Role.ADMIN))
                .contains("10\u202f000+", "More match than one operation accepts. Narrow the filter.")
                .doesNotContain("class=\"how\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1    | 1    | delivery of one message matches
            2    | 1    | deliveries of one message match
            12   | 12   | deliveries of 12 messages match
            1200 | 1100 | deliveries of 1_100 messages match
            """)
    void whatMatchesIsASentence(int matched, int messages, String sentence) {
        assertThat(preview(OperationAction.RESEND, PreviewFixture.of(matched).messages(messages), Role.LEAD))
                .contains(sentence.replace('_', '\u202f'));
    }

    @Test
    void whatWouldHaveItsEffectTwiceIsOfferedApart() {
        var old = PreviewFixture.of(3).notEligible(new Skipped(SkipReason.DEDUPE_WINDOW, 2));

        assertThat(preview(OperationAction.RESEND, old, Role.LEAD)).contains("runAgain=true");
        assertThat(preview(OperationAction.DISCARD, old, Role.LEAD)).doesNotContain("runAgain=true");
        assertThat(preview(
                        OperationAction.RESEND,
                        PreviewFixture.of(3).notEligible(new Skipped(SkipReason.CONSUMED, 2)),
                        Role.LEAD))
                .doesNotContain("runAgain=true");
    }

    @ParameterizedTest
    @EnumSource(OperationState.class)
    void itReadsInChinese(OperationState state) {
        var resend =
                new Progress(OperationFixture.paused("service").state(state).build());
        var discard = new Progress(OperationFixture.discarding().state(state).build());

        var one = Rendering.chinese("operation", Map.of("progress", resend, "items", List.of(), "outcome", ""));
        var list = Rendering.chinese(
                "operations",
                Map.of("operations", List.of(resend, discard), "states", OperationState.values(), "state", ""));

        assertThat(one).contains("<h2>投递</h2>");
        assertThat(list).contains("一次作用于许多消息的操作");
        assertThat(Rendering.untranslated(one + list)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(OperationAction.class)
    void aPreviewReadsInChinese(OperationAction action) {
        var skipped = Arrays.stream(SkipReason.values())
                .map(reason -> new Skipped(reason, 2))
                .toArray(Skipped[]::new);

        var page = Rendering.chinese(
                "new-operation", preview(action, PreviewFixture.of(1_200).notEligible(skipped)));

        assertThat(page).contains("个投递（属于 1\u202f200 条消息）符合条件");
        assertThat(Rendering.untranslated(page)).isEmpty();
    }

    private static String offered(OperationFixture operation, @Nullable Role role) {
        var prefix = "/operations/" + Fixtures.OPERATION_ID + "/";
        return Rendering.forms(page(operation, role)).stream()
                .filter(form -> form.startsWith(prefix))
                .map(form -> form.substring(prefix.length()))
                .collect(Collectors.joining(" "));
    }

    private static String page(OperationFixture operation, @Nullable Role role) {
        var progress = new Progress(operation.build());
        List<OperationItemsView.Item> items = List.of();
        return Rendering.page("operation", role, Map.of("progress", progress, "items", items, "outcome", ""));
    }

    private static String preview(OperationAction action, PreviewFixture preview, @Nullable Role role) {
        return Rendering.page("new-operation", role, preview(action, preview));
    }

    private static Map<String, Object> preview(OperationAction action, PreviewFixture preview) {
        var built = preview.build();
        return Map.of(
                "action",
                action,
                "preview",
                built,
                "filter",
                Filters.all(),
                "chips",
                List.of(),
                "isAgain",
                false,
                "mustType",
                built.matched() > 1_000,
                "newId",
                "id");
    }
}
