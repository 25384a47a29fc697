package io.reliablemessage.adminui.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.api.Operator.Role;
import io.reliablemessage.adminui.fixture.DeliveryFixture;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.MessageFixture;
import io.reliablemessage.adminui.page.Format;
import io.reliablemessage.adminui.page.Formats;
import io.reliablemessage.adminui.page.Rendering;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.TimelineView;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a message's page offers, by state and by role. */
class MessageActionsTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            DEAD,            -,        ''
            DEAD,            VIEWER,   ''
            DEAD,            OPERATOR, resend
            DEAD,            LEAD,     resend discard
            DEAD,            ADMIN,    resend discard
            REJECTED,        -,        ''
            REJECTED,        VIEWER,   ''
            REJECTED,        OPERATOR, resend
            REJECTED,        LEAD,     resend discard
            REJECTED,        ADMIN,    resend discard
            SENDING,         -,        ''
            SENDING,         VIEWER,   ''
            SENDING,         OPERATOR, ''
            SENDING,         LEAD,     discard
            SENDING,         ADMIN,    discard
            CONSUMED,        -,        ''
            CONSUMED,        VIEWER,   ''
            CONSUMED,        OPERATOR, ''
            CONSUMED,        LEAD,     ''
            CONSUMED,        ADMIN,    ''
            DISCARDED,       -,        ''
            DISCARDED,       VIEWER,   ''
            DISCARDED,       OPERATOR, ''
            DISCARDED,       LEAD,     ''
            DISCARDED,       ADMIN,    ''
            """)
    void aDeliverysStateAndTheRoleDecide(DeliveryState state, @Nullable Role role, String offered) {
        var message = MessageFixture.dead()
                .state(MessageState.valueOf(state.name()))
                .deliveries(DeliveryFixture.dead("points").state(state).build());

        assertThat(offered(message, role)).isEqualTo(offered);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            PENDING_CONFIRM, false, -,        ''
            PENDING_CONFIRM, false, VIEWER,   ''
            PENDING_CONFIRM, false, OPERATOR, checkback
            PENDING_CONFIRM, false, LEAD,     checkback
            PENDING_CONFIRM, false, ADMIN,    checkback
            PENDING_CONFIRM, true,  -,        ''
            PENDING_CONFIRM, true,  VIEWER,   ''
            PENDING_CONFIRM, true,  OPERATOR, checkback
            PENDING_CONFIRM, true,  LEAD,     checkback decide
            PENDING_CONFIRM, true,  ADMIN,    checkback decide
            CANCELLED,       false, OPERATOR, ''
            CANCELLED,       false, LEAD,     ''
            CANCELLED,       true,  ADMIN,    ''
            """)
    void onlyALeadDecidesAndOnlyWhatIsSuspect(
            MessageState state, boolean suspect, @Nullable Role role, String offered) {
        var message = MessageFixture.pending(8).state(state).suspect(suspect);

        assertThat(offered(message, role)).isEqualTo(offered);
    }

    @ParameterizedTest
    @EnumSource(MessageState.class)
    void itReadsInChinese(MessageState state) {
        var deliveries = Arrays.stream(DeliveryState.values())
                .map(each -> DeliveryFixture.dead(each.name())
                        .state(each)
                        .lastError("x")
                        .build())
                .toArray(MessageView.Delivery[]::new);
        var message =
                MessageFixture.suspect().state(state).deliveries(deliveries).build();

        var page = Rendering.chinese("message", model(message, Formats.chinese()));

        assertThat(page).contains("<html lang=\"zh-CN\"", "时间线");
        assertThat(Rendering.untranslated(page)).isEmpty();
    }

    private static String offered(MessageFixture message, @Nullable Role role) {
        var prefix = "/messages/" + Fixtures.MESSAGE_ID + "/";
        return Rendering.forms(page(message.build(), role)).stream()
                .filter(form -> form.startsWith(prefix))
                .map(form -> form.substring(prefix.length()))
                .collect(Collectors.joining(" "));
    }

    private static String page(MessageView message, @Nullable Role role) {
        return Rendering.page("message", role, model(message, Formats.english()));
    }

    private static Map<String, Object> model(MessageView message, Format format) {
        var began = new TimelineView.Entry(Fixtures.AT, "PREPARED", null, "shop", null);
        return Map.of(
                "row",
                new Row(message),
                "message",
                message,
                "status",
                new StatusSentence(message, format),
                "timeline",
                MessageTimeline.of(message, Fixtures.timeline(began)),
                "actions",
                new AvailableActions(message),
                "curl",
                "curl");
    }
}
