package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.message.SearchState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Addresses that can be passed on: with all that is shown, and nothing of how it is shown. */
class PageUrlTest {

    private final PageUrl dead = PageUrl.of("/messages").with("state", "DEAD").with("topic", "order.placed");

    @Test
    void aPathAloneHasNoQuestionMark() {
        assertThat(PageUrl.of("/messages")).hasToString("/messages");
    }

    @Test
    void parametersKeepTheirOrder() {
        assertThat(dead).hasToString("/messages?state=DEAD&topic=order.placed");
        assertThat(dead.with("window", "all")).hasToString("/messages?state=DEAD&topic=order.placed&window=all");
    }

    @Test
    void aParameterThatIsChangedStaysWhereItWas() {
        assertThat(dead.with("state", SearchState.REJECTED)).hasToString("/messages?state=REJECTED&topic=order.placed");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "")
    void anEmptyValueTakesTheParameterAway(String value) {
        assertThat(dead.with("state", value)).hasToString("/messages?topic=order.placed");
        assertThat(dead.with("absent", value)).hasToString(dead.toString());
    }

    @Test
    void severalAreTakenAwayAtOnceAndSomeMayBeAbsent() {
        assertThat(dead.without("topic", "state", "cursor")).hasToString("/messages");
        assertThat(dead.without("cursor")).hasToString("/messages?state=DEAD&topic=order.placed");
        assertThat(dead.without()).hasToString("/messages?state=DEAD&topic=order.placed");
    }

    @Test
    void anAddressIsNotChangedByTheLinksThatAreMadeOfIt() {
        var before = dead.toString();

        assertThat(dead.with("window", "all").without("state").at("/causes"))
                .hasToString("/causes?topic=order.placed&window=all");
        assertThat(dead).hasToString(before);
    }

    @Test
    void theSameQuestionIsAskedElsewhere() {
        assertThat(dead.at("/operations/new").with("action", "RESEND"))
                .hasToString("/operations/new?state=DEAD&topic=order.placed&action=RESEND");
    }

    @Test
    void timesAndSpansAreWrittenAsTheServiceDoes() {
        assertThat(PageUrl.of("/messages")
                        .with("from", Instant.parse("2026-11-21T10:00:00.001Z"))
                        .with("olderThan", Duration.ofDays(2))
                        .with("minAttempts", 3))
                .hasToString("/messages?from=2026-11-21T10%3A00%3A00.001Z&olderThan=PT48H&minAttempts=3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a b|a%20b",
                "a+b|a%2Bb",
                "a&state=DEAD|a%26state%3DDEAD",
                "a=b|a%3Db",
                "100%|100%25",
                "%41|%2541",
                "a#b|a%23b",
                "a?b/c|a%3Fb%2Fc",
                "订单 1|%E8%AE%A2%E5%8D%95%201",
                "🍊|%F0%9F%8D%8A",
                "\"><script>|%22%3E%3Cscript%3E",
                "{id}|%7Bid%7D",
                "..\\|..%5C",
                " a |%20a%20",
                "javascript:alert(1)|javascript%3Aalert%281%29"
            })
    void aValueIsNothingButAValue(String value, String escaped) {
        assertThat(PageUrl.of("/messages").with("key", value)).hasToString("/messages?key=" + escaped);
    }

    @Test
    void aValueStartsNoHeaderWhenItIsRedirectedTo() {
        assertThat(PageUrl.of("/messages").with("key", "a\r\nSet-Cookie: x"))
                .hasToString("/messages?key=a%0D%0ASet-Cookie%3A%20x");
    }

    @Test
    void aNameIsEscapedAsWell() {
        assertThat(PageUrl.of("/messages").with("a&b=c", "1")).hasToString("/messages?a%26b%3Dc=1");
    }

    @Test
    void aRequestsAddressIsKept() {
        var request = request("/messages");
        request.addParameter("state", "DEAD");
        request.addParameter("key", "A 1&2");

        assertThat(PageUrl.of(request)).hasToString("/messages?state=DEAD&key=A%201%262");
        assertThat(PageUrl.of(request).get("key")).isEqualTo("A 1&2");
        assertThat(PageUrl.of(request).get("topic")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lang", "theme", "continue"})
    void howSomebodyReadsIsNoPartOfIt(String preference) {
        var request = request("/messages");
        request.addParameter(preference, "zh");
        request.addParameter("state", "DEAD");

        assertThat(PageUrl.of(request)).hasToString("/messages?state=DEAD");
    }

    @Test
    void whatAFormSendsEmptyIsLeftOut() {
        var request = request("/messages");
        request.addParameter("key", "");
        request.addParameter("topic", "");
        request.addParameter("producer", "shop");

        assertThat(PageUrl.of(request)).hasToString("/messages?producer=shop");
    }

    @Test
    void severalValuesOfOneNameAreAList() {
        var request = request("/operations/new");
        request.addParameter("ids", "", "a", "b");

        assertThat(PageUrl.of(request)).hasToString("/operations/new?ids=a%2Cb");
    }

    @Test
    void ofSeveralValuesTheFirstIsKeptIfOneIsTaken() {
        var request = request("/messages");
        request.addParameter("topic", "a", "b");

        assertThat(PageUrl.of(request)).hasToString("/messages?topic=a");
    }

    @Test
    void aSwitchOfTheLanguageIsALinkToTheSamePage() {
        var request = request("/undecided");
        request.addParameter("suspect", "true");

        assertThat(PageUrl.of(request).with("lang", "zh")).hasToString("/undecided?suspect=true&lang=zh");
    }

    private static MockHttpServletRequest request(String path) {
        var request = new MockHttpServletRequest("GET", path);
        request.setServletPath(path);
        return request;
    }
}
