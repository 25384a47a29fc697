package io.reliablemessage.adminui.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.cause.CauseKind;
import io.reliablemessage.adminapi.cause.CauseTrendView;
import io.reliablemessage.adminapi.cause.CauseTrendView.CauseSeries;
import io.reliablemessage.adminapi.cause.CauseTrendView.RemainingCauses;
import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.adminapi.overview.OverviewView.State;
import io.reliablemessage.adminapi.overview.RatesView;
import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.OverviewFixture;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import io.reliablemessage.api.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first page: how things stand, and where to look. */
@ExtendWith(SharedConsole.class)
class OverviewPageTest {

    private final StubService service;
    private final Visitors visitors;

    OverviewPageTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, is-good, Healthy: everything that is due is being processed, /messages?state=SENDING&window=all",
        "0, 1, is-undecided, One message is suspect, /undecided?suspect=true",
        "0, 5, is-undecided, 5 messages are suspect, /undecided?suspect=true",
        "1, 0, is-bad, One cause is making deliveries fail, /causes?window=PT1H",
        "3, 5, is-bad, 3 causes are making deliveries fail, /causes?window=PT1H"
    })
    void theWorstIsSaidFirstAndLeadsToIt(int causes, int suspects, String look, String text, String link)
            throws Exception {
        service.answers(
                "GET /admin/overview",
                OverviewFixture.healthy().causes(causes).suspects(suspects).build());

        var page = visitors.viewer().open("/");

        assertThat(page.text("h1")).isEqualTo(text);
        assertThat(page.first("h1 a").attr("href")).isEqualTo(link);
        assertThat(page.first(".health").hasClass(look)).isTrue();
    }

    @Test
    void aPartThatIsDownIsWorseThanAnything() throws Exception {
        service.answers(
                "GET /admin/overview",
                OverviewFixture.healthy()
                        .causes(1)
                        .suspects(1)
                        .oldestUnacknowledgedAt(Instant.now().minusSeconds(14 * 60 + 5))
                        .parts(
                                OverviewFixture.up("database"),
                                OverviewFixture.down("broker", "no confirm"),
                                OverviewFixture.down("part-of-tomorrow", "x"))
                        .build());

        var page = visitors.viewer().open("/");

        assertThat(page.text("h1")).isEqualTo("Down: Broker, part-of-tomorrow");
        assertThat(page.texts(".health li"))
                .containsExactly(
                        "One cause is making deliveries fail",
                        "oldest unacknowledged 14 min",
                        "One message is suspect");
        assertThat(page.texts(".parts li"))
                .containsExactly("Database up", "Broker down no confirm", "part-of-tomorrow down x");
    }

    @Test
    void theStatesAreInTheOrderOfAMessagesLife() throws Exception {
        service.answers(
                "GET /admin/overview",
                OverviewFixture.healthy()
                        .states(
                                new State(SearchState.DEAD, 3, false, null, null),
                                new State(SearchState.CONSUMED, 10_000, true, 12.34, null),
                                new State(
                                        SearchState.PENDING_CONFIRM,
                                        1,
                                        false,
                                        0.5,
                                        Instant.now().minusSeconds(125)),
                                new State(SearchState.CANCELLED, 0, false, null, null))
                        .build());

        var page = visitors.viewer().open("/");

        assertThat(page.texts(".lifecycle .path li"))
                .containsExactly("Pending 1 0.5 per minute oldest 2 min", "Consumed 10\u202f000+ 12.3 per minute");
        assertThat(page.texts(".lifecycle .exits li")).containsExactly("Cancelled 0", "Dead 3");
        assertThat(page.links(".lifecycle a")).contains("/messages?state=DEAD&window=all");
    }

    @ParameterizedTest
    @CsvSource({"'', PT1H, 1 h", "?window=PT6H, PT6H, 6 h", "?window=, PT1H, 1 h", "?window=P7D, P7D, 7 d"})
    void theChartsAreOfOneOfTheWindows(String address, String window, String shown) throws Exception {
        var page = visitors.viewer().open("/" + address);

        assertThat(service.call("GET /admin/rates").query()).isEqualTo("window=" + window);
        assertThat(service.call("GET /admin/causes/trend").query()).isEqualTo("window=" + window);
        assertThat(page.texts("nav.tabs a[aria-current=true]")).containsExactly(shown);
    }

    @Test
    void theNumbersOfTheChartsAreThereAsATable() throws Exception {
        service.answers(
                "GET /admin/rates",
                new RatesView(
                        Duration.ofMinutes(1),
                        List.of(
                                new RatesView.Point(Fixtures.AT, 1, 2, 3, 4, 5, 6, 7, 8, 9L, 10L),
                                new RatesView.Point(Fixtures.AT.plusSeconds(60), 0, 0, 0, 0, 0, 0, 0, 0, null, null))));

        var page = visitors.viewer().open("/");

        assertThat(page.texts("#rates tbody tr"))
                .containsExactly("2026-11-21 10:00:00 1 2 3 4 5 6 7 8 9 10", "2026-11-21 10:01:00 0 0 0 0 0 0 0 0");
        assertThat(page.first("#rates").attr("data-bucket")).isEqualTo("60000");
        assertThat(page.values("#rates thead th[data-name]", "data-name")).hasSize(10);
        assertThat(page.first("#rates tbody th").attr("data-at")).isEqualTo("2026-11-21T10:00:00Z");
    }

    @Test
    void whatDiedIsShownByItsCauses() throws Exception {
        service.answers(
                "GET /admin/causes/trend",
                new CauseTrendView(
                        Duration.ofMinutes(5),
                        List.of(Fixtures.AT, Fixtures.AT.plusSeconds(300)),
                        List.of(new CauseSeries(
                                "c-1",
                                CauseKind.NO_ACK,
                                DeliveryState.DEAD,
                                "order.placed",
                                "points",
                                "no ack",
                                7,
                                List.of(3L, 4L))),
                        new RemainingCauses(1, 1_205, List.of(1_200L, 5L))));

        var page = visitors.viewer().open("/?window=PT6H");

        assertThat(page.texts(".legend li"))
                .containsExactly("No acknowledgement · points 7", "one other cause 1\u202f205");
        assertThat(page.links(".legend a")).containsExactly("/causes?window=PT6H#c-c-1", "/causes?window=PT6H");
        assertThat(page.texts("#causes tbody tr"))
                .containsExactly("2026-11-21 10:00:00 3 1200", "2026-11-21 10:05:00 4 5");
    }

    @Test
    void nothingDiedIsSaid() throws Exception {
        var page = visitors.viewer().open("/");

        assertThat(page.html().text()).contains("No delivery was given up or rejected.");
        assertThat(page.has("#causes")).isFalse();
    }
}
