package io.reliablemessage.adminui.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.message.MessagesView;
import io.reliablemessage.adminui.RunningConsole;
import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.DeliveryFixture;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.MessageFixture;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.ProblemType;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A search as a file for a spreadsheet: all of it, or a page that says why not. */
@ExtendWith(SharedConsole.class)
class ExportControllerTest {

    private final StubService service;
    private final Visitors visitors;

    ExportControllerTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @Test
    void aRowHasWhatTheListShows() throws Exception {
        var row = rows("/messages.csv").getFirst();

        assertThat(row.toMap())
                .containsEntry("id", Fixtures.MESSAGE_ID)
                .containsEntry("topic", "order.placed")
                .containsEntry("key", "A-1")
                .containsEntry("producer", "shop")
                .containsEntry("state", "DEAD")
                .containsEntry("suspect", "false")
                .containsEntry("attempts", "12")
                .containsEntry("createdAt", "2026-11-21T10:00:00Z")
                .containsEntry("nextAt", "")
                .containsEntry("lastError", "no ack after 12 attempts");
    }

    @Test
    void isDownloadedAsUtf8() throws Exception {
        service.answers(
                "GET /admin/messages",
                Fixtures.page(MessageFixture.dead().key("订单-1").build()));

        var file = visitors.viewer().open("/messages.csv");

        assertThat(file.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
        assertThat(file.header("Content-Disposition")).isEqualTo("attachment; filename=\"messages.csv\"");
        assertThat(file.body()).startsWith("\ufeff\"id\",\"topic\",\"key\"").contains("订单-1");
    }

    @Test
    void hasTheRowsOfAllPages() throws Exception {
        pages(new MessagesView(messages(0, 200), "second", null), new MessagesView(messages(200, 3), null, null));

        assertThat(rows("/messages.csv?state=DEAD&window=all")).hasSize(203);
        assertThat(service.calls())
                .extracting(StubService.Call::query)
                .containsExactly("state=DEAD&limit=200", "state=DEAD&cursor=second&limit=200");
    }

    @Test
    void endsAfterTenThousandRows() throws Exception {
        service.answers("GET /admin/messages", new MessagesView(messages(0, 200), "more", null));

        var rows = rows("/messages.csv");

        assertThat(rows).hasSize(10_001);
        assertThat(rows.getLast().get("id"))
                .isEqualTo("Only the first 10\u202f000 messages: narrow the search for the others.");
        assertThat(service.calls()).hasSize(50);
        assertThat(visitors.viewer().open("/messages.csv").header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"messages-first-10000.csv\"");
    }

    /** What is cut off would look like all of it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 200})
    void isNoFileIfOneOfItsPagesIsMissing(int rows) throws Exception {
        pages(new MessagesView(messages(0, rows), "second", null), null);

        var page = visitors.viewer().open("/messages.csv");

        assertThat(page.status()).isEqualTo(503);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Disposition")).isEmpty();
        assertThat(page.text("main h1")).isEqualTo("No response");
    }

    @Test
    void isAPageThatSaysWhyItWasRefused() throws Exception {
        service.refuses("GET /admin/messages", ProblemType.INVALID_REQUEST, "minAttempts takes a number");

        var page = visitors.viewer().open("/messages.csv?minAttempts=many");

        assertThat(page.status()).isEqualTo(422);
        assertThat(page.header("Content-Disposition")).isEmpty();
        assertThat(page.text("main .quoted")).isEqualTo("minAttempts takes a number");
    }

    @Test
    void isAHeadingAloneWhenNothingMatches() throws Exception {
        service.answers("GET /admin/messages", Fixtures.page());

        assertThat(visitors.viewer().open("/messages.csv").body().strip())
                .isEqualTo("\ufeff\"id\",\"topic\",\"key\",\"producer\",\"state\",\"suspect\",\"attempts\","
                        + "\"createdAt\",\"nextAt\",\"lastError\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1", "＝1+1", "=HYPERLINK(\"http://x\")"})
    void noCellIsAFormula(String cell) throws Exception {
        var delivery = DeliveryFixture.dead("points").lastError(cell).build();
        var message = MessageFixture.dead().topic(cell).key(cell).producer(cell).deliveries(delivery);
        service.answers("GET /admin/messages", Fixtures.page(message.build()));

        var row = rows("/messages.csv").getFirst();

        assertThat(List.of(row.get("topic"), row.get("key"), row.get("producer"), row.get("lastError")))
                .containsOnly("'" + cell);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a,b", "say \"hello\"", "two\nlines", "1-2", "a=b", " leading", "<b>"})
    void whatIsNoFormulaStaysAsItIs(String cell) throws Exception {
        service.answers(
                "GET /admin/messages",
                Fixtures.page(MessageFixture.dead().key(cell).build()));

        assertThat(rows("/messages.csv").getFirst().get("key")).isEqualTo(cell);
    }

    @Test
    void whoeverIsNotLoggedInDownloadsNothingAndIsNotLedBackToIt() throws Exception {
        var nobody = visitors.nobody();
        assertThat(nobody.open("/messages.csv?state=DEAD").status()).isEqualTo(302);

        var answer = nobody.browser().logIn("lead", RunningConsole.PASSWORD);

        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/"));
        assertThat(service.calls()).isEmpty();
    }

    private List<CSVRecord> rows(String path) throws Exception {
        var file = visitors.viewer().open(path);
        assertThat(file.status()).isEqualTo(200);
        var format =
                CSVFormat.EXCEL.builder().setHeader().setSkipHeaderRecord(true).get();
        return format.parse(new StringReader(file.body().substring(1))).getRecords();
    }

    /** One after another; the last again and again; null: the connection is cut. */
    private void pages(MessagesView first, @Nullable MessagesView second) {
        service.answersInTurn(
                "GET /admin/messages", Fixtures.json(first), second == null ? null : Fixtures.json(second));
    }

    private static List<MessageView> messages(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(number -> MessageFixture.dead().key("A-" + number).build())
                .toList();
    }
}
