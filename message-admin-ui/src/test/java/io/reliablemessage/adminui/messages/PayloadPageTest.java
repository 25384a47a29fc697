package io.reliablemessage.adminui.messages;

import static io.reliablemessage.adminui.fixture.Fixtures.MESSAGE_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.message.ContentView;
import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import io.reliablemessage.api.ProblemType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message holds: shown to those who may see it, when they ask, and each look is a call of its own. */
@ExtendWith(SharedConsole.class)
class PayloadPageTest {

    private static final String PAGE = "/messages/" + MESSAGE_ID;
    private static final String CONTENT = "GET /admin/messages/" + MESSAGE_ID + "/content";

    private final StubService service;
    private final Visitors visitors;

    PayloadPageTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator"})
    void isMaskedBelowALead(String role) throws Exception {
        var page = visitors.as(role).open(PAGE + "?payload=text");

        assertThat(page.text("#payload .masked small")).isEqualTo("shown to the role lead only");
        assertThat(page.has("#payload a")).isFalse();
        assertThat(service.calls(CONTENT)).as("nobody looked").isEmpty();
    }

    @Test
    void isNotAskedForUnlessALeadWantsIt() throws Exception {
        var page = visitors.lead().open(PAGE);

        assertThat(page.links("#payload a")).containsExactly(PAGE + "?payload=show#payload");
        assertThat(page.text("#payload small")).isEqualTo("each view is written to the audit log");
        assertThat(service.calls(CONTENT)).isEmpty();
    }

    @Test
    void isLookedAtOnceAndNotAgainWhenThePageIsKeptFresh() throws Exception {
        var page = visitors.lead().open(PAGE + "?payload=show");

        assertThat(service.calls(CONTENT)).hasSize(1);
        assertThat(page.first("#fresh").attr("hx-get")).isEqualTo(PAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "show | {\"a\": 1} | Tree | ul.tree",
                "tree | {\"a\": 1} | Tree | ul.tree",
                "text | {\"a\": 1} | Text | pre.payload",
                "hex  | {\"a\": 1} | Hex  | div.payload.hex",
                "FORM | {\"a\": 1} | Tree | ul.tree",
                "show | plain text | Text | pre.payload",
                "tree | plain text | ''   | pre.payload"
            })
    void isShownInTheFormThatIsWanted(String form, String payload, String tab, String shown) throws Exception {
        service.answers(CONTENT, Fixtures.content("application/json", payload));

        var page = visitors.lead().open(PAGE + "?payload=" + form);

        assertThat(String.join("", page.texts("#payload nav a[aria-current]"))).isEqualTo(tab);
        assertThat(page.has(shown)).isTrue();
    }

    @Test
    void bytesAreShownAsNumbersAndSigns() throws Exception {
        service.answers(CONTENT, Fixtures.content("application/octet-stream", new byte[] {0, 'A', 'B', (byte) 0xff}));

        var page = visitors.lead().open(PAGE + "?payload=show");

        assertThat(page.text(".hex")).isEqualTo("000000 00 41 42 ff ·AB·");
        assertThat(page.texts("#payload nav a")).containsExactly("Hex");
        assertThat(page.text("#payload .head")).contains("application/octet-stream · 4 B");
    }

    @ParameterizedTest
    @CsvSource({"65536, false", "65537, true"})
    void aLongTextIsCutAndSaysSo(int length, boolean isCut) throws Exception {
        service.answers(CONTENT, Fixtures.content("text/plain", "x".repeat(length)));

        var page = visitors.lead().open(PAGE + "?payload=text");

        assertThat(page.text("pre.payload")).hasSize(65_536);
        assertThat(page.html().text().contains("Only the beginning is shown")).isEqualTo(isCut);
    }

    @Test
    void headersAreShownWithIt() throws Exception {
        service.answers(CONTENT, new ContentView(MESSAGE_ID, "text/plain", Map.of("lang", "zh"), "eA=="));

        assertThat(visitors.lead().open(PAGE + "?payload=text").texts("dl.headers dt, dl.headers dd"))
                .containsExactly("lang", "zh");
    }

    @Test
    void isDownloadedAsItIsAndNeverOpenedByTheBrowser() throws Exception {
        service.answers(CONTENT, Fixtures.content("text/html", "<script>alert(1)</script>"));

        var file = visitors.lead().open(PAGE + "/payload");

        assertThat(file.body()).isEqualTo("<script>alert(1)</script>");
        assertThat(file.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(file.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"payload-" + MESSAGE_ID + ".bin\"");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void aDownloadIsForWhomTheServiceAllowsIt() throws Exception {
        service.refuses(CONTENT, ProblemType.FORBIDDEN, "It takes the role LEAD.");

        var page = visitors.viewer().open(PAGE + "/payload");

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.header("Content-Disposition")).isEmpty();
        assertThat(service.call(CONTENT).headers()).containsEntry("RM-Roles", "VIEWER");
    }
}
