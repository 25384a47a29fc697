package io.reliablemessage.adminui.messages;

import static io.reliablemessage.adminui.fixture.Fixtures.MESSAGE_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.DeliveryFixture;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.MessageFixture;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.TimelineView.Entry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One message: how it stands, what became of it, and what can be done by whom. */
@ExtendWith(SharedConsole.class)
class MessagePageTest {

    private static final String PAGE = "/messages/" + MESSAGE_ID;
    private static final String CALL = "GET /admin/messages/" + MESSAGE_ID;

    private final StubService service;
    private final Visitors visitors;

    MessagePageTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    static Stream<Arguments> states() {
        return Stream.of(
                Arguments.of(MessageFixture.pending(0), "Pending", "Waiting for shop to confirm or cancel."),
                Arguments.of(MessageFixture.pending(3), "Pending", "3 check-backs so far, last answer: unknown."),
                Arguments.of(MessageFixture.suspect(), "Pending", "Suspect: shop has not decided after 8 check-backs"),
                Arguments.of(MessageFixture.cancelled(), "Cancelled", "Cancelled by shop. Nothing was sent."),
                Arguments.of(MessageFixture.sending(), "Sending", "Waiting for points to acknowledge."),
                Arguments.of(MessageFixture.consumed(), "Consumed", "Consumed by its subscription, 1.0 s after"),
                Arguments.of(MessageFixture.dead(), "Dead", "Given up for points after 12 attempts"),
                Arguments.of(MessageFixture.rejected(), "Rejected", "Rejected by points: the account is closed."),
                Arguments.of(MessageFixture.discarded(), "Discarded", "An operator discarded the delivery to points"));
    }

    @ParameterizedTest
    @MethodSource("states")
    void saysInOneSentenceHowItStands(MessageFixture message, String state, String sentence) throws Exception {
        service.answers(CALL, message.build());

        var page = visitors.viewer().open(PAGE);

        assertThat(page.text(".status-line .state")).isEqualTo(state);
        assertThat(page.text(".status-line")).contains(sentence);
        assertThat(visitors.viewer().speaking("zh").open(PAGE).text(".status-line"))
                .containsPattern("[\\u4e00-\\u9fff]")
                .doesNotContain(sentence);
    }

    /** Who may do what with a message in which state: the forms that are there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pending   | viewer   | ''",
                "pending   | operator | checkback",
                "pending   | lead     | checkback",
                "suspect   | operator | checkback",
                "suspect   | lead     | checkback decide",
                "suspect   | admin    | checkback decide",
                "sending   | operator | ''",
                "sending   | lead     | discard",
                "dead      | viewer   | ''",
                "dead      | operator | resend",
                "dead      | lead     | resend discard",
                "rejected  | operator | resend",
                "rejected  | admin    | resend discard",
                "consumed  | admin    | ''",
                "cancelled | admin    | ''",
                "discarded | admin    | ''"
            })
    void offersWhatCanBeDoneByTheReader(String state, String role, String offered) throws Exception {
        service.answers(CALL, in(state));

        var page = visitors.as(role).open(PAGE);

        assertThat(page.values("#actions form", "action").stream()
                        .map(action -> action.substring(action.lastIndexOf('/') + 1)))
                .containsExactly(offered.isEmpty() ? new String[0] : offered.split(" ", -1));
    }

    @Test
    void whatIsOverOffersNothingAndSaysSo() throws Exception {
        service.answers(CALL, MessageFixture.consumed().build());

        assertThat(visitors.lead().open(PAGE).text("#actions p.soft"))
                .isEqualTo("None: the message has reached its final state.");
    }

    @Test
    void aDecisionWaitsUntilTheMessageIsSuspect() throws Exception {
        service.answers(CALL, MessageFixture.pending(2).build());

        assertThat(visitors.lead().open(PAGE).texts("#actions small"))
                .containsExactly("check-backs are still under way; possible once the message is suspect");
        assertThat(visitors.viewer().open(PAGE).texts("#actions small"))
                .containsExactly("needs the role operator", "needs the role lead");
    }

    @Test
    void theFormForOneDeliveryIsForThatOne() throws Exception {
        service.answers("POST /admin/messages/" + MESSAGE_ID + "/resend", 200, "{\"items\": []}");
        var operator = visitors.operator();

        var answer = operator.submit(operator.open(PAGE), "form[action$=/resend]", "reason", "points is back");

        assertThat(answer.location()).isEqualTo(PAGE);
        assertThat(service.call("POST /admin/messages/" + MESSAGE_ID + "/resend")
                        .body())
                .isEqualTo("{\"subscription\":\"points\",\"reason\":\"points is back\"}");
        assertThat(operator.follow(answer).text(".notice")).isEqualTo("Resent: nothing was left to send.");
    }

    @Test
    void theFormForSeveralDeliveriesIsForAllUntilOneIsChosen() throws Exception {
        var two = MessageFixture.dead()
                .deliveries(
                        DeliveryFixture.dead("points").build(),
                        DeliveryFixture.rejected("stock").build());
        service.answers(CALL, two.build())
                .answers("POST /admin/messages/" + MESSAGE_ID + "/resend", 200, "{\"items\": []}");
        var operator = visitors.operator();
        var page = operator.open(PAGE);
        assertThat(page.texts("#subscription-resend option")).containsExactly("all 2 subscriptions", "points", "stock");

        operator.submit(page, "form[action$=/resend]", "reason", "all of them");
        operator.submit(page, "form[action$=/resend]", "reason", "one of them", "subscription", "stock");

        assertThat(service.calls("POST /admin/messages/" + MESSAGE_ID + "/resend"))
                .extracting(StubService.Call::body)
                .containsExactly(
                        "{\"reason\":\"all of them\"}", "{\"subscription\":\"stock\",\"reason\":\"one of them\"}");
    }

    @Test
    void onlyWhatCanBeResentIsOfferedForThat() throws Exception {
        var message = MessageFixture.dead()
                .deliveries(
                        DeliveryFixture.consumed("mail").build(),
                        DeliveryFixture.sending("stock").build(),
                        DeliveryFixture.dead("points").build());
        service.answers(CALL, message.build());

        var page = visitors.lead().open(PAGE);

        assertThat(page.values("form[action$=/resend] input[name=subscription]", "value"))
                .containsExactly("points");
        assertThat(page.values("#subscription-discard option", "value")).containsExactly("*", "stock", "points");
    }

    @ParameterizedTest
    @CsvSource({"CONFIRM, CONFIRM", "CANCEL, CANCEL"})
    void aLeadDecidesBySayingWhatHappened(String chosen, String decision) throws Exception {
        service.answers(CALL, MessageFixture.suspect().build())
                .answers(
                        "POST /admin/messages/" + MESSAGE_ID + "/decide",
                        200,
                        "{\"id\": \"m\", \"state\": \"CANCELLED\"}");
        var lead = visitors.lead();
        var page = lead.open(PAGE);
        assertThat(page.texts("form[action$=/decide] label span"))
                .containsExactly("Confirm: the business action happened", "Cancel: it did not");
        assertThat(page.html().select("input[name=decision][checked]"))
                .as("nothing is chosen beforehand")
                .isEmpty();

        lead.submit(page, "form[action$=/decide]", "decision", chosen, "reason", "asked its people");

        assertThat(service.call("POST /admin/messages/" + MESSAGE_ID + "/decide")
                        .body())
                .isEqualTo("{\"decision\":\"%s\",\"reason\":\"asked its people\"}".formatted(decision));
    }

    @Test
    void aDecisionThatIsNoneIsABadRequest() throws Exception {
        var page = visitors.lead().send(PAGE + "/decide", "decision", "MAYBE", "reason", "who knows");

        assertThat(page.status()).isEqualTo(400);
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void theTimelineShowsWhoDidWhatAfterWhatTime() throws Exception {
        service.answers(
                CALL + "/timeline",
                Fixtures.timeline(
                        new Entry(Fixtures.AT, "PREPARED", null, "shop", null),
                        new Entry(Fixtures.AT.plusMillis(1_500), "CONFIRMED", null, "shop", null),
                        new Entry(Fixtures.AT.plusMillis(1_600), "SENT", "points", "service", "attempt 1"),
                        new Entry(Fixtures.AT.plusSeconds(3_602), "RESENT", "points", "ada", "points is back")));

        var page = visitors.viewer().open(PAGE);

        assertThat(page.texts("table.timeline th.lane")).containsExactly("operator", "shop", "service", "points");
        assertThat(page.texts("tr.step td.what strong")).containsExactly("Prepared", "Confirmed", "Sent", "Resent");
        assertThat(page.texts("tr.step td.since")).containsExactly("+1.5 s", "+100 ms", "+1 h");
        assertThat(page.texts("tr.step .detail")).containsExactly("attempt 1", "points is back");
    }

    @Test
    void theTimelineEndsWithWhatIsPlanned() throws Exception {
        service.answers(CALL, MessageFixture.sending().build());

        var page = visitors.viewer().open(PAGE);

        assertThat(page.text("tr.is-planned td.what")).isEqualTo("attempt 2 to points, unless it acknowledges before");
        assertThat(page.text("tr.is-planned td.since")).startsWith("in ");
    }

    private static MessageView in(String state) {
        return switch (state) {
            case "pending" -> MessageFixture.pending(1).build();
            case "suspect" -> MessageFixture.suspect().build();
            case "sending" -> MessageFixture.sending().build();
            case "rejected" -> MessageFixture.rejected().build();
            case "consumed" -> MessageFixture.consumed().build();
            case "cancelled" -> MessageFixture.cancelled().build();
            case "discarded" -> MessageFixture.discarded().build();
            default -> MessageFixture.dead().build();
        };
    }
}
