package io.reliablemessage.adminui.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.message.MessagesView;
import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.DeliveryFixture;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.MessageFixture;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of messages: what is asked for, and what is shown of each. */
@ExtendWith(SharedConsole.class)
class MessageListPageTest {

    private final StubService service;
    private final Visitors visitors;

    MessageListPageTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "window=all                         | limit=50",
                "key=A-1                            | key=A-1&limit=50",
                "cause=7d0e3f57-5a0c-4a1e-9f0e-0a1b2c3d4e5f | cause=7d0e3f57-5a0c-4a1e-9f0e-0a1b2c3d4e5f&limit=50",
                "window=all&state=DEAD              | state=DEAD&limit=50",
                "window=all&state=FOO               | state=FOO&limit=50",
                "window=all&topic=a%26b             | topic=a&b&limit=50",
                "window=all&subscription=%E7%A7%AF%E5%88%86 | subscription=积分&limit=50",
                "window=all&producer=shop           | producer=shop&limit=50",
                "window=all&overdue=true&suspect=true | overdue=true&suspect=true&limit=50",
                "window=all&overdue=yes             | overdue=yes&limit=50",
                "window=all&minAttempts=3           | minAttempts=3&limit=50",
                "window=all&minAttempts=many        | minAttempts=many&limit=50",
                "window=all&olderThan=6h            | olderThan=PT6H&limit=50",
                "window=all&olderThan=2d            | olderThan=PT48H&limit=50",
                "window=all&olderThan=soon          | olderThan=soon&limit=50",
                "from=2026-11-21T10:00:00Z          | from=2026-11-21T10:00:00Z&limit=50",
                "to=2026-11-21T10:00                | to=2026-11-21T10:00:00Z&limit=50",
                "from=yesterday                     | from=yesterday&limit=50",
                "to=21.11.2026                      | to=21.11.2026&limit=50",
                "ids=a,b&ids=c                      | ids=a,b,c&limit=50",
                "ids=                               | ids=&limit=50",
                "window=all&state=&topic=&key=      | limit=50",
                "window=all&cursor=abc              | cursor=abc&limit=50"
            })
    void theServiceIsAskedAsTheAddressSays(String address, String query) throws Exception {
        visitors.viewer().open("/messages?" + address);

        assertThat(service.call("GET /admin/messages").query()).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource({"'', 7", "window=PT24H, 1", "window=P30D, 30", "state=DEAD, 7"})
    void aListGoesBackAsFarAsItsWindow(String address, int days) throws Exception {
        visitors.viewer().open("/messages?" + address);

        var query = service.call("GET /admin/messages").query();
        var from = Instant.parse(query.replaceFirst(".*from=([^&]+).*", "$1"));
        assertThat(from.plusSeconds(days * 86_400L)).isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void aRowShowsAMessage() throws Exception {
        var points = DeliveryFixture.dead("points").build();
        var stock = DeliveryFixture.sending("stock").attempts(14).build();
        service.answers(
                "GET /admin/messages",
                Fixtures.page(MessageFixture.dead().deliveries(points, stock).build()));

        var page = visitors.viewer().open("/messages");

        assertThat(page.text("tbody td.key")).isEqualTo("A-1");
        assertThat(page.first("tbody td.key a").attr("href")).isEqualTo("/messages/" + Fixtures.MESSAGE_ID);
        assertThat(page.text("tbody td.topic")).isEqualTo("order.placed");
        assertThat(page.text("tbody td.producer")).isEqualTo("shop");
        assertThat(page.text("tbody td.status")).isEqualTo("Dead");
        assertThat(page.text("tbody td.attempts")).isEqualTo("14");
        assertThat(page.text("tbody td.next")).isIn("in 9 min", "in 10 min");
        assertThat(page.text("tbody td.id span")).isEqualTo("…a471eb19");
        assertThat(page.text("tbody td.error")).isEqualTo("no ack after 12 attempts");
    }

    @Test
    void aSuspectIsMarked() throws Exception {
        service.answers(
                "GET /admin/messages",
                Fixtures.page(
                        MessageFixture.suspect().build(), MessageFixture.dead().build()));

        assertThat(visitors.viewer().open("/messages").texts("tbody td.status span"))
                .containsExactly("Pending", "suspect", "Dead");
        assertThat(visitors.viewer().speaking("zh").open("/messages").texts("tbody td.status .is-suspect"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING_CONFIRM, Pending",
        "SENDING, Sending",
        "CONSUMED, Consumed",
        "DEAD, Dead",
        "DISCARDED, Discarded",
        "'', All"
    })
    void theStateThatIsShownIsMarked(String state, String tab) throws Exception {
        var page = visitors.viewer().open("/messages?state=" + state);

        assertThat(page.texts("nav.tabs:not(.is-plain) a[aria-current=true]"))
                .isEqualTo(state.isEmpty() ? List.of() : List.of(tab));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 7 d",
        "window=PT1H, 1 h",
        "window=all, All time",
        "window=P1D, 24 h",
        "key=x, All time",
        "from=2026-11-21T10:00, ''",
        "window=PT3H, ''"
    })
    void theWindowThatIsInForceIsMarked(String address, String shown) throws Exception {
        var page = visitors.viewer().open("/messages?" + address);

        assertThat(page.texts(".filters nav a[aria-current=true]"))
                .isEqualTo(shown.isEmpty() ? List.of() : List.of(shown));
    }

    @Test
    void eachFilterInForceCanBeRemovedAlone() throws Exception {
        var page = visitors.viewer()
                .open("/messages?topic=order.placed&producer=shop&overdue=true&minAttempts=3&cursor=abc&state=DEAD");

        assertThat(page.texts("a.chip"))
                .containsExactly("Topic order.placed ×", "Producer shop ×", "Overdue ×", "Attempts at least 3 ×");
        assertThat(page.links("a.chip").getFirst())
                .isEqualTo("/messages?producer=shop&overdue=true&minAttempts=3&state=DEAD");
    }

    @Test
    void theFilterFormShowsWhatIsInForceAndKeepsTheRest() throws Exception {
        var page = visitors.viewer()
                .open(
                        "/messages?state=DEAD&cause=7d0e3f57-5a0c-4a1e-9f0e-0a1b2c3d4e5f&topic=t&olderThan=6h&suspect=true"
                                + "&from=2026-11-21T10:00:00Z");

        assertThat(page.values("details.filter input[type=hidden]", "value"))
                .containsExactly("DEAD", "7d0e3f57-5a0c-4a1e-9f0e-0a1b2c3d4e5f");
        assertThat(page.first("#f-topic").attr("value")).isEqualTo("t");
        assertThat(page.first("#f-olderThan").attr("value")).isEqualTo("6h");
        assertThat(page.first("#f-from").attr("value")).isEqualTo("2026-11-21T10:00:00");
        assertThat(page.first("input[name=suspect]").hasAttr("checked")).isTrue();
        assertThat(page.first("input[name=overdue]").hasAttr("checked")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"viewer, 0, 4", "operator, 2, 2", "lead, 4, 0", "admin, 4, 0"})
    void actsUponAllAndUponChosenOnesDependOnTheRole(String role, int open, int closed) throws Exception {
        var page = visitors.as(role).open("/messages?state=DEAD");

        var links = page.html().select(".head a[href^=/operations/new]").size();
        var buttons = page.html()
                .select(".picked button[name=action]:not([disabled])")
                .size();
        assertThat(links + buttons).isEqualTo(open);
        assertThat(page.html().select("button[disabled]")).hasSize(closed);
        assertThat(page.has("#needs")).isEqualTo(closed > 0);
    }

    @Test
    void whatIsDoneToAllIsDoneToWhatIsAskedFor() throws Exception {
        var page = visitors.lead().open("/messages?state=DEAD&topic=order.placed&cursor=abc");

        assertThat(page.links(".head a.button"))
                .containsExactly(
                        "/operations/new?state=DEAD&topic=order.placed&action=RESEND",
                        "/operations/new?state=DEAD&topic=order.placed&action=DISCARD",
                        "/messages.csv?state=DEAD&topic=order.placed");
    }

    @Test
    void anEmptyListOffersToLookFurther() throws Exception {
        service.answers("GET /admin/messages", Fixtures.page());

        var page = visitors.lead().open("/messages?state=DEAD&topic=t");

        assertThat(page.text(".empty .big")).isEqualTo("No message matches. Widen the time or remove a filter.");
        assertThat(page.links(".empty a"))
                .containsExactly("/messages?state=DEAD&topic=t&window=all", "/messages?state=DEAD");
        assertThat(page.has(".head a[href^=/operations/new]"))
                .as("nothing to act upon")
                .isFalse();
        assertThat(page.has("table")).isFalse();
    }

    @Test
    void aSearchThatWasNotFinishedSaysHowFarItCame() throws Exception {
        service.answers("GET /admin/messages", new MessagesView(List.of(), "abc", Fixtures.AT));

        var page = visitors.viewer().open("/messages?topic=t");

        assertThat(page.text(".empty .big")).isEqualTo("None so far; there may be older ones.");
        assertThat(page.html().text()).contains("Searched back to 2026-11-21 10:00:00 (UTC).");
        assertThat(page.has("nav.pager a[rel=next]")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/messages", "/messages?state=DEAD"})
    void theFirstPageLooksForNewerOnes(String path) throws Exception {
        var page = visitors.viewer().open(path);

        assertThat(page.first(".news").attr("hx-get"))
                .startsWith("/messages/newer?")
                .contains("since=2026-");
        assertThat(visitors.viewer()
                        .open(path + (path.contains("?") ? "&" : "?") + "cursor=x")
                        .has(".news"))
                .isFalse();
    }

    @Test
    void nothingChosenIsNothingAndNotEverything() throws Exception {
        service.answers("GET /admin/messages", Fixtures.page());

        var page = visitors.lead().open("/messages?ids=&state=DEAD");

        assertThat(page.texts("a.chip")).containsExactly("Selected 0 ×");
        assertThat(page.links("nav.switch a"))
                .allSatisfy(link -> assertThat(link).contains("ids="));
        assertThat(page.first("a.count").attr("hx-get")).contains("ids=");
        assertThat(page.first("a[download]").attr("href")).contains("ids=");
    }
}
