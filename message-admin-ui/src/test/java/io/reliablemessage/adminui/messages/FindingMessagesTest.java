package io.reliablemessage.adminui.messages;

import static io.reliablemessage.adminui.fixture.Fixtures.MESSAGE_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.message.MessageCount;
import io.reliablemessage.adminapi.registry.ApplicationsView;
import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.ApplicationFixture;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.MessageFixture;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import io.reliablemessage.api.CheckAnswers;
import io.reliablemessage.api.ProblemType;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The box that finds a message, the numbers that are asked for by themselves, and what is undecided. */
@ExtendWith(SharedConsole.class)
class FindingMessagesTest {

    private final StubService service;
    private final Visitors visitors;

    FindingMessagesTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @ParameterizedTest
    @CsvSource({
        "01a20060-10fc-76b5-8149-1366a471eb19, /messages/01a20060-10fc-76b5-8149-1366a471eb19",
        "' 01A20060-10FC-76B5-8149-1366A471EB19 ', /messages/01a20060-10fc-76b5-8149-1366a471eb19",
        "'', /messages",
        "'   ', /messages"
    })
    void anIdIsFoundWithoutASearch(String typed, String to) throws Exception {
        assertThat(visitors.viewer()
                        .open("/search?q=" + typed.replace(" ", "%20"))
                        .location())
                .isEqualTo(to);
        assertThat(service.calls("GET /admin/messages")).isEmpty();
    }

    /** Some take UUIDs for their keys. */
    @Test
    void anIdOfNoMessageMayBeAKey() throws Exception {
        var key = "01a20060-10fc-76b5-8149-1366a471eb10";
        service.refuses("GET /admin/messages/" + key, ProblemType.MESSAGE_NOT_FOUND, "no such message");

        assertThat(visitors.viewer().open("/search?q=" + key).location()).isEqualTo("/messages/" + MESSAGE_ID);
        assertThat(service.call("GET /admin/messages").query()).isEqualTo("key=" + key + "&limit=2");

        service.answers("GET /admin/messages", Fixtures.page());
        assertThat(visitors.viewer().open("/search?q=" + key).location()).isEqualTo("/messages?key=" + key);
    }

    @Test
    void aKeyOfOneMessageLeadsToIt() throws Exception {
        assertThat(visitors.viewer().open("/search?q=A-1").location()).isEqualTo("/messages/" + MESSAGE_ID);
        assertThat(service.call("GET /admin/messages").query()).isEqualTo("key=A-1&limit=2");
    }

    /** A blank at its end is a part of a key, unless it was only typed. */
    @ParameterizedTest
    @CsvSource({"%20A-1, ' A-1'", "A-1%20, 'A-1 '", "%20A-1%E3%80%80, ' A-1\u3000'"})
    void aKeyIsSoughtAsItIsTyped(String typed, String key) throws Exception {
        assertThat(visitors.viewer().open("/search?q=" + typed).location()).isEqualTo("/messages/" + MESSAGE_ID);
        assertThat(service.call("GET /admin/messages").query()).isEqualTo("key=" + key + "&limit=2");

        service.forget();
        service.answers("GET /admin/messages", Fixtures.page());
        assertThat(visitors.viewer().open("/search?q=" + typed).location()).isEqualTo("/messages?key=A-1");
        assertThat(service.calls())
                .extracting(StubService.Call::query)
                .containsExactly("key=" + key + "&limit=2", "key=A-1&limit=2");
    }

    @ParameterizedTest
    @CsvSource({
        "A%261%23x%3Fy%3Dz, /messages?key=A%261%23x%3Fy%3Dz",
        "%7Bx%7D, /messages?key=%7Bx%7D",
        "%E8%AE%A2%E5%8D%95, /messages?key=%E8%AE%A2%E5%8D%95",
        "https%3A%2F%2Fevil.example, /messages?key=https%3A%2F%2Fevil.example",
        "%2F%2Fevil.example, /messages?key=%2F%2Fevil.example",
        "a%0D%0ASet-Cookie%3A%20x, /messages?key=a%0D%0ASet-Cookie%3A%20x"
    })
    void aKeyOfNoneOrSeveralLeadsToTheirList(String typed, String to) throws Exception {
        service.answers("GET /admin/messages", Fixtures.page());
        assertThat(visitors.viewer().open("/search?q=" + typed).location()).isEqualTo(to);

        service.answers(
                "GET /admin/messages",
                Fixtures.page(
                        MessageFixture.dead().build(), MessageFixture.dead().build()));
        assertThat(visitors.viewer().open("/search?q=" + typed).location()).isEqualTo(to);
    }

    @ParameterizedTest
    @CsvSource({
        "0, false, 0 found",
        "1, false, 1 found",
        "12345, false, '12\u202f345 found'",
        "10000, true, '10\u202f000+ found'"
    })
    void aListIsCounted(int count, boolean isCapped, String shown) throws Exception {
        service.answers("GET /admin/messages/count", new MessageCount(count, isCapped));

        var part = visitors.viewer().open("/messages/count?state=DEAD&window=all");

        assertThat(part.html().text()).isEqualTo(shown);
        assertThat(service.call("GET /admin/messages/count").query()).isEqualTo("state=DEAD");
    }

    @Test
    void whatIsNewerIsCountedFromThereOn() throws Exception {
        service.answers("GET /admin/messages/count", new MessageCount(3, false));

        var part = visitors.viewer().open("/messages/newer?state=DEAD&window=P7D&since=2026-11-21T10:00:00.001Z");

        assertThat(part.text("a.newer")).isEqualTo("3 new: show");
        assertThat(part.links("a.newer")).containsExactly("/messages?state=DEAD&window=P7D");
        assertThat(service.call("GET /admin/messages/count").query())
                .isEqualTo("state=DEAD&from=2026-11-21T10:00:00.001Z");
    }

    @ParameterizedTest
    @CsvSource({"0, false, ''", "7, false, 7", "10000, true, '10\u202f000+'"})
    void theNavigationShowsHowManyAreDeadOrSuspect(int count, boolean isCapped, String shown) throws Exception {
        service.answers("GET /admin/messages/count", new MessageCount(count, isCapped));

        var part = visitors.viewer().open("/badges");

        assertThat(part.text("#badge-causes")).isEqualTo(shown);
        assertThat(part.text("#badge-undecided")).isEqualTo(shown);
        assertThat(part.first("#badge-causes").hasClass("is-dead")).isEqualTo(count > 0);
        assertThat(service.calls()).extracting(StubService.Call::query).containsExactly("state=DEAD", "suspect=true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                          | state=PENDING_CONFIRM&overdue=true&limit=50               | All overdue",
                "?suspect=true               | state=PENDING_CONFIRM&suspect=true&limit=50               | Suspect",
                "?producer=shop              | state=PENDING_CONFIRM&producer=shop&overdue=true&limit=50 | All overdue",
                "?suspect=true&cursor=abc    | state=PENDING_CONFIRM&suspect=true&cursor=abc&limit=50    | Suspect"
            })
    void whatIsUndecidedIsOverdueOrSuspect(String address, String query, String tab) throws Exception {
        var page = visitors.viewer().open("/undecided" + address);

        assertThat(service.call("GET /admin/messages").query()).isEqualTo(query);
        assertThat(page.texts("nav.tabs a[aria-current=true]")).containsExactly(tab);
    }

    @Test
    void anUndecidedMessageIsShownWithTheHealthOfItsProducer() throws Exception {
        var resting = new ApplicationsView.Checkbacks(
                "http://shop", CheckAnswers.SIGNED, 0.251, 12L, 9, Instant.now().plusSeconds(600));
        service.answers(
                        "GET /admin/messages",
                        Fixtures.page(MessageFixture.suspect().build()))
                .answers(
                        "GET /admin/applications",
                        ApplicationFixture.page(ApplicationFixture.named("shop").checkbacks(resting)));

        var page = visitors.viewer().open("/undecided");

        assertThat(page.text("tbody td.key")).isEqualTo("A-1 suspect");
        assertThat(page.text("tbody td.number")).startsWith("25.1\u202f% backed off, next in ");
        assertThat(page.text("tbody td.asked")).isEqualTo("8");
        assertThat(page.text("tbody td.answer")).isEqualTo("unknown");
        assertThat(page.text("tbody td.next")).startsWith("in ");
        assertThat(page.text("tbody td.do")).isEqualTo("Open A-1");
        assertThat(visitors.lead().open("/undecided").text("tbody td.do")).isEqualTo("Decide… A-1");
    }

    @Test
    void aProducerThatTheServiceDoesNotListIsShownWithoutHealth() throws Exception {
        service.answers(
                "GET /admin/messages",
                Fixtures.page(MessageFixture.pending(0).producer("gone").build()));

        var page = visitors.viewer().open("/undecided");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text("tbody td.number")).isEmpty();
        assertThat(page.text("tbody td.answer")).isEqualTo("no answer");
    }

    @Test
    void nothingUndecidedAsksForNoProducers() throws Exception {
        service.answers("GET /admin/messages", Fixtures.page());

        var page = visitors.viewer().open("/undecided");

        assertThat(page.text(".empty .big")).isEqualTo("No half message is overdue.");
        assertThat(service.calls("GET /admin/applications")).isEmpty();
    }
}
