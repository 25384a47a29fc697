package io.reliablemessage.adminui.page;

import static io.reliablemessage.adminui.fixture.Fixtures.MESSAGE_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.Page;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.UsualAnswers;
import io.reliablemessage.adminui.fixture.Visitors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A parameter that a page cannot take is refused by its name, since without it more would be shown, or done. */
@ExtendWith(SharedConsole.class)
class KnownParametersTest {

    private static final String UNKNOWN = "There is no such parameter here.";
    private static final String TWICE = "A parameter is there twice; it takes one value.";
    private static final String BLANK = "A parameter is blank. Leave it out if it is to say nothing.";
    private static final String UNREADABLE = "A part of this address or form cannot be read.";

    private final StubService service;
    private final Visitors visitors;

    KnownParametersTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    static Stream<String> pages() {
        return UsualAnswers.PAGES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void oneThatThereIsNotIsRefused(String path) throws Exception {
        refused(visitors.lead().open(and(path, "topc=orders")), UNKNOWN, "topc");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void thoseOfEveryPageAreNot(String path) throws Exception {
        assertThat(visitors.lead()
                        .open(and(path, "lang=en&theme=dark&continue"))
                        .status())
                .isIn(200, 302);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/messages?topic=a&topic=b",
                "/messages.csv?key=a&key=b",
                "/messages/count?state=DEAD&state=SENDING",
                "/messages?cursor=a&cursor=a",
                "/operations/new?olderThan=1d&olderThan=5d",
                "/operations/new?action=RESEND&action=DISCARD",
                "/causes?window=PT1H&window=P7D",
                "/audit?actor=ada&actor=",
                "/subscriptions?name=a&name=b",
                "/?window=PT1H&window=P7D",
                "/messages?lang=en&lang=zh"
            })
    void oneThatIsThereTwiceIsRefused(String address) throws Exception {
        refused(visitors.lead().open(address), TWICE, address.replaceFirst(".*[?]([a-zA-Z]+)=.*", "$1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/messages?key=",
                "/messages?state=",
                "/messages?olderThan=",
                "/messages?ids=",
                "/messages.csv?topic=",
                "/messages/count?subscription=",
                "/undecided?suspect=",
                "/undecided?producer=",
                "/operations/new?key=",
                "/operations/new?window=",
                "/operations/new?runAgain=",
                "/operations?state=",
                "/causes?subscription=",
                "/subscriptions?name=",
                "/audit?target=",
                "/?window="
            })
    void oneThatIsBlankIsRefused(String address) throws Exception {
        var name = address.replaceFirst(".*[?]([a-zA-Z]+)=", "$1");

        for (var blank : List.of("%20", "%09%20", "%C2%A0", "%E3%80%80", "%E2%80%8B")) {
            refused(visitors.lead().open(address + blank), BLANK, name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"overdue=false", "overdue=no", "suspect=false", "suspect=1", "runAgain=false", "runAgain=yes"})
    void whatIsTickedIsTrueOrNotThere(String given) throws Exception {
        var page = visitors.lead().open("/operations/new?state=DEAD&" + given);

        refused(page, UNREADABLE, given.replace("=", " = "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "false", "TRUE"})
    void whatIsUndecidedIsSuspectOrAllOfIt(String suspect) throws Exception {
        refused(visitors.lead().open("/undecided?suspect=" + suspect), UNREADABLE, "suspect = " + suspect);
    }

    @ParameterizedTest
    @CsvSource({"resend, ' '", "resend, '\u3000'", "resend, ''", "discard, '\t'", "discard, ''"})
    void anActionOnABlankSubscriptionIsNotOneOnAll(String action, String blank) throws Exception {
        var answer = visitors.lead()
                .send("/messages/" + MESSAGE_ID + "/" + action, "subscription", blank, "reason", "it is known");

        refused(answer, BLANK, "subscription");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resend", "discard"})
    void anActionOnNoSubscriptionIsNotOneOnAll(String action) throws Exception {
        refused(
                visitors.lead().send("/messages/" + MESSAGE_ID + "/" + action, "reason", "it is known"),
                BLANK,
                "subscription");
    }

    @ParameterizedTest
    @CsvSource({
        "/operations, topc, orders, There is no such parameter here.",
        "/operations, key, ' ', A parameter is blank. Leave it out if it is to say nothing.",
        "/operations, canary, ' ', A parameter is blank. Leave it out if it is to say nothing.",
        "/operations, runAgain, false, A part of this address or form cannot be read.",
        "/applications/shop/keys, expiresAt, ' ', A parameter is blank. Leave it out if it is to say nothing.",
        "/applications/shop/keys, expires, never, There is no such parameter here.",
        "/subscriptions/points/override, schedule, ' ', A parameter is blank. Leave it out if it is to say nothing.",
        "/subscriptions/points/override, maxAttemps, 3, There is no such parameter here."
    })
    void whatAFormCannotHaveChangesNothing(String form, String name, String value, String why) throws Exception {
        var what = why.startsWith("A part of") ? name + " = " + value : name;

        refused(visitors.admin().send(form, name, value, "reason", "it is known"), why, what);
    }

    private void refused(Page page, String why, String what) {
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text("main h1")).isEqualTo(why);
        assertThat(page.text("main .quoted")).isEqualTo(what);
        assertThat(service.calls()).isEmpty();
    }

    private static String and(String path, String parameters) {
        return path + (path.contains("?") ? "&" : "?") + parameters;
    }
}
