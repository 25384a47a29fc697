package io.reliablemessage.adminui.page;

import static io.reliablemessage.adminui.fixture.Fixtures.HOSTILE;
import static io.reliablemessage.adminui.fixture.Fixtures.MESSAGE_ID;
import static io.reliablemessage.adminui.fixture.Fixtures.OPERATION_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.cause.CauseKind;
import io.reliablemessage.adminapi.cause.CauseTrendView;
import io.reliablemessage.adminapi.cause.CauseTrendView.CauseSeries;
import io.reliablemessage.adminapi.cause.CauseView;
import io.reliablemessage.adminapi.message.ContentView;
import io.reliablemessage.adminapi.operation.OperationItemsView;
import io.reliablemessage.adminapi.operation.OperationItemsView.Item;
import io.reliablemessage.adminapi.operation.OperationOutcome;
import io.reliablemessage.adminapi.operation.OperationPreview;
import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.ApplicationFixture;
import io.reliablemessage.adminui.fixture.AuditFixture;
import io.reliablemessage.adminui.fixture.CauseFixture;
import io.reliablemessage.adminui.fixture.DeliveryFixture;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.MessageFixture;
import io.reliablemessage.adminui.fixture.OperationFixture;
import io.reliablemessage.adminui.fixture.OverviewFixture;
import io.reliablemessage.adminui.fixture.Page;
import io.reliablemessage.adminui.fixture.PreviewFixture;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.SubscriptionFixture;
import io.reliablemessage.adminui.fixture.TopicFixture;
import io.reliablemessage.adminui.fixture.Visitors;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.TimelineView.Entry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What strangers write, wherever the service passes it on: it is text, and never a part of the page. */
@ExtendWith(SharedConsole.class)
class HostileTextTest {

    private final StubService service;
    private final Visitors visitors;

    HostileTextTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @Test
    void inAMessageItsDeliveriesAndItsTimeline() throws Exception {
        var delivery = DeliveryFixture.dead(HOSTILE).lastError(HOSTILE);
        var message = MessageFixture.dead().topic(HOSTILE).key(HOSTILE).producer(HOSTILE);
        service.answers(
                        "GET /admin/messages/" + MESSAGE_ID,
                        message.deliveries(delivery.build()).build())
                .answers(
                        "GET /admin/messages/" + MESSAGE_ID + "/timeline",
                        Fixtures.timeline(new Entry(Fixtures.AT, HOSTILE, HOSTILE, HOSTILE, HOSTILE)));

        var page = visitors.lead().open("/messages/" + MESSAGE_ID);

        isHarmless(page);
        assertThat(page.text("h1")).isEqualTo(HOSTILE);
        assertThat(page.text("td.error")).isEqualTo(HOSTILE);
        assertThat(page.texts("table.timeline dl.raw dd")).contains(HOSTILE, HOSTILE, HOSTILE);
        assertThat(page.text(".status-line")).contains(HOSTILE);
        assertThat(page.values("#actions input[name=subscription]", "value")).containsOnly(HOSTILE);
    }

    /** It would turn what stands behind it around, or hide that two texts differ. */
    @Test
    void whatCannotBeSeenIsShownAsItsEscape() throws Exception {
        var hidden = "a\u202eb\u2066c\u200bd\ufeffe\u061cf\u2028g\u3164h";
        var shown = "a\\u202Eb\\u2066c\\u200Bd\\uFEFFe\\u061Cf\\u2028g\\u3164h";
        var delivery = DeliveryFixture.dead("points").lastError(hidden).build();
        var message = MessageFixture.dead()
                .topic(hidden)
                .key(hidden)
                .producer(hidden)
                .deliveries(delivery)
                .build();
        var content = new ContentView(
                MESSAGE_ID,
                "text/plain",
                Map.of("lang", hidden),
                Base64.getEncoder().encodeToString(hidden.getBytes(StandardCharsets.UTF_8)));
        service.answers("GET /admin/messages/" + MESSAGE_ID, message)
                .answers("GET /admin/messages", Fixtures.page(message))
                .answers("GET /admin/messages/" + MESSAGE_ID + "/content", content)
                .answers(
                        "GET /admin/messages/" + MESSAGE_ID + "/timeline",
                        Fixtures.timeline(new Entry(Fixtures.AT, "DEAD", "points", hidden, hidden)));

        var list = visitors.lead().open("/messages");
        assertThat(list.text("td.key")).isEqualTo(shown);
        assertThat(list.first("td.error span").attr("title")).isEqualTo(shown);
        assertThat(list.first("td.tick input").attr("aria-label")).isEqualTo("Select " + shown);

        var page = visitors.lead().open("/messages/" + MESSAGE_ID + "?payload=text");
        assertThat(page.text("h1")).isEqualTo(shown);
        assertThat(page.text("pre.payload")).isEqualTo(shown);
        assertThat(page.text("dl.headers dd")).isEqualTo(shown);
        assertThat(page.text(".status-line")).contains(shown);
        assertThat(page.body()).doesNotContain("\u202e", "\u2066", "\u200b", "\u061c");

        var filtered = visitors.lead().open("/messages?key=a%E2%80%AEb");
        assertThat(filtered.text(".chip")).contains("a\\u202Eb");
        assertThat(filtered.first("#f-key").attr("value")).isEqualTo("a\u202eb"); // as it will be sent
    }

    @Test
    void inAListOfMessages() throws Exception {
        var delivery = DeliveryFixture.dead("points").lastError(HOSTILE).build();
        var message = MessageFixture.dead()
                .topic(HOSTILE)
                .key(HOSTILE)
                .producer(HOSTILE)
                .deliveries(delivery);
        service.answers("GET /admin/messages", Fixtures.page(message.build()));

        var page = visitors.viewer().open("/messages");

        isHarmless(page);
        assertThat(page.text("td.key")).isEqualTo(HOSTILE);
        assertThat(page.first("td.error span").attr("title")).isEqualTo(HOSTILE);
        assertThat(page.first("td.tick input").attr("aria-label")).isEqualTo("Select " + HOSTILE);
        assertThat(page.first("td.topic a").attr("href")).startsWith("/messages?topic=%3Cscript%3E");
    }

    @Test
    void inAListOfWhatIsUndecided() throws Exception {
        service.answers(
                        "GET /admin/messages",
                        Fixtures.page(MessageFixture.suspect()
                                .key(HOSTILE)
                                .producer(HOSTILE)
                                .topic(HOSTILE)
                                .build()))
                .answers("GET /admin/applications", ApplicationFixture.page(ApplicationFixture.named(HOSTILE)));

        var page = visitors.lead().open("/undecided");

        isHarmless(page);
        assertThat(page.text("td.producer")).isEqualTo(HOSTILE);
        assertThat(page.first("td.number a").attr("href")).isEqualTo("/applications#a-" + HOSTILE);
    }

    @Test
    void inACauseAndItsNote() throws Exception {
        var cause = CauseFixture.dead()
                .topic(HOSTILE)
                .subscription(HOSTILE)
                .fingerprint(HOSTILE)
                .sample(HOSTILE + "!");
        cause.note(new CauseView.Note(HOSTILE, HOSTILE, Fixtures.AT));
        service.answers("GET /admin/causes", CauseFixture.page(cause));

        var page = visitors.lead().open("/causes");

        isHarmless(page);
        assertThat(page.text(".fingerprint")).isEqualTo(HOSTILE);
        assertThat(page.first(".fingerprint").attr("title")).isEqualTo(HOSTILE + "!");
        assertThat(page.text(".note")).startsWith(HOSTILE + " " + HOSTILE);
        assertThat(page.first("textarea").wholeText()).isEqualTo(HOSTILE);
    }

    @Test
    void inAnOperationAndItsItems() throws Exception {
        service.answers(
                        "GET /admin/operations/" + OPERATION_ID,
                        OperationFixture.paused(HOSTILE)
                                .reason(HOSTILE)
                                .actor(HOSTILE)
                                .build())
                .answers(
                        "GET /admin/operations/" + OPERATION_ID + "/items",
                        new OperationItemsView(
                                List.of(new Item(
                                        MESSAGE_ID,
                                        HOSTILE,
                                        OperationOutcome.FAILED,
                                        HOSTILE,
                                        Fixtures.AT,
                                        false,
                                        HOSTILE)),
                                null));

        var page = visitors.lead().open("/operations/" + OPERATION_ID);

        isHarmless(page);
        assertThat(page.text(".head .soft")).isEqualTo("by " + HOSTILE);
        assertThat(page.texts("#items td")).contains(HOSTILE);
        assertThat(page.text("#items td.error")).isEqualTo(HOSTILE);
    }

    @Test
    void inThePreviewOfAnOperation() throws Exception {
        service.answers(
                "POST /admin/operations/preview",
                PreviewFixture.of(1)
                        .byTopic(new OperationPreview.OfTopic(HOSTILE, 1, 1))
                        .bySubscription(new OperationPreview.OfSubscription(HOSTILE, 1, 1))
                        .sample(MessageFixture.dead().key(HOSTILE).build())
                        .build());

        var page = visitors.lead().open("/operations/new?action=RESEND&key=" + encoded(HOSTILE));

        isHarmless(page);
        assertThat(page.texts(".splits th")).containsExactly(HOSTILE, HOSTILE, HOSTILE);
        assertThat(page.first("form.how input[name=key]").attr("value")).isEqualTo(HOSTILE);
    }

    @Test
    void inTheOverview() throws Exception {
        service.answers(
                        "GET /admin/overview",
                        OverviewFixture.healthy()
                                .parts(OverviewFixture.down("broker", HOSTILE), OverviewFixture.up(HOSTILE))
                                .build())
                .answers(
                        "GET /admin/causes/trend",
                        new CauseTrendView(
                                Duration.ofMinutes(5),
                                List.of(Fixtures.AT),
                                List.of(new CauseSeries(
                                        "c-1",
                                        CauseKind.NO_ACK,
                                        DeliveryState.DEAD,
                                        HOSTILE,
                                        HOSTILE,
                                        HOSTILE,
                                        1,
                                        List.of(1L))),
                                null));

        var page = visitors.viewer().open("/");

        isHarmless(page);
        assertThat(page.texts(".parts .soft")).containsExactly(HOSTILE);
        assertThat(page.text(".legend span")).endsWith(HOSTILE);
        assertThat(page.first(".legend a").attr("title")).isEqualTo(HOSTILE);
    }

    @Test
    void inTheRegistry() throws Exception {
        service.answers(
                        "GET /admin/topics",
                        TopicFixture.page(
                                TopicFixture.named(HOSTILE).application(HOSTILE).subscriptions(HOSTILE)))
                .answers(
                        "GET /admin/subscriptions",
                        SubscriptionFixture.page(SubscriptionFixture.named(HOSTILE)
                                .topic(HOSTILE)
                                .application(HOSTILE)))
                .answers(
                        "GET /admin/applications",
                        ApplicationFixture.page(ApplicationFixture.named(HOSTILE)
                                .checkbacks(ApplicationFixture.asked("http://x/" + HOSTILE))
                                .keys(ApplicationFixture.key(HOSTILE))));

        for (var path : List.of("/topics", "/subscriptions", "/applications")) {
            var page = visitors.admin().open(path);

            isHarmless(page);
            assertThat(page.html().text()).contains(HOSTILE);
        }
    }

    @Test
    void inTheAudit() throws Exception {
        service.answers(
                "GET /admin/audit",
                AuditFixture.page(AuditFixture.done(HOSTILE, HOSTILE)
                        .actor(HOSTILE)
                        .reason(HOSTILE)
                        .outcome(HOSTILE)));

        var page = visitors.viewer().open("/audit");

        isHarmless(page);
        assertThat(page.texts("tbody td.who, tbody td.action-name, tbody td.target, tbody td.why, tbody td.status"))
                .hasSize(5)
                .containsOnly(HOSTILE);
    }

    @Test
    void inAPayloadInEachOfItsForms() throws Exception {
        var payload = "{\"%s\": [\"%s\"]}".formatted("<script>", "<img src=x onerror=alert(1)>");
        service.answers(
                "GET /admin/messages/" + MESSAGE_ID + "/content",
                new ContentView(
                        MESSAGE_ID,
                        HOSTILE,
                        Map.of(HOSTILE, HOSTILE),
                        Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8))));

        for (var form : List.of("tree", "text", "hex")) {
            var page = visitors.lead().open("/messages/" + MESSAGE_ID + "?payload=" + form);

            isHarmless(page);
            assertThat(page.texts("dl.headers dt, dl.headers dd")).containsExactly(HOSTILE, HOSTILE);
            assertThat(page.html().select("#payload img")).isEmpty();
        }
    }

    private static void isHarmless(Page page) {
        assertThat(page.html().select("script:not([src])")).isEmpty();
        assertThat(page.body()).doesNotContain("<script>alert", "<b>", "onerror=alert(1)>");
        assertThat(page.html().select("[onclick], [onerror], [style], iframe, object, base"))
                .isEmpty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
