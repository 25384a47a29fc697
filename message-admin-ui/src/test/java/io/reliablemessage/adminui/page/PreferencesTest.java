package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** How somebody reads: asked for by a link, kept in a cookie, and never anything but one of a few choices. */
class PreferencesTest {

    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/messages");
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @ParameterizedTest
    @CsvSource(textBlock = """
            light, ,       light
            ,      dark,   dark
            light, dark,   light
            pink,  dark,   dark
            pink,  ,
            ,      pink,
            DARK,  ,
            ,      ,
            """)
    void whatIsAskedForWinsOverWhatIsKeptIfItIsAChoice(String asked, String kept, String chosen) {
        ask("theme", asked);
        keep("rm-theme", kept);

        assertThat(Preferences.THEME.of(request)).isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({"theme, system", "theme, light", "theme, dark", "lang, en", "lang, zh"})
    void aChoiceIsKeptForAYear(String name, String choice) {
        ask(name, choice);

        assertThat(new Preferences().preHandle(request, response, this)).isTrue();

        assertThat(response.getHeaders("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("rm-" + name + "=" + choice + ";")
                .contains("Path=/", "Max-Age=31536000", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Secure");
    }

    @Test
    void behindTlsItIsKeptForTlsOnly() {
        request.setSecure(true);
        ask("lang", "zh");

        new Preferences().preHandle(request, response, this);

        assertThat(response.getHeader("Set-Cookie")).contains("Secure");
    }

    @Test
    void bothAreKeptAtOnce() {
        ask("lang", "zh");
        ask("theme", "dark");

        new Preferences().preHandle(request, response, this);

        assertThat(response.getHeaders("Set-Cookie")).hasSize(2);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "de", "zh-CN", "zh; Domain=evil.example", "en\r\nSet-Cookie: a=b", "<script>"})
    void whatIsNoChoiceIsNotKept(String asked) {
        ask("lang", asked);

        new Preferences().preHandle(request, response, this);

        assertThat(response.getHeaderNames()).isEmpty();
        assertThat(Preferences.LANGUAGE.of(request)).isNull();
    }

    @Test
    void aPageThatAsksForNothingChangesNothing() {
        keep("rm-lang", "zh");

        new Preferences().preHandle(request, response, this);

        assertThat(response.getHeaderNames()).isEmpty();
        assertThat(Preferences.LANGUAGE.of(request)).isEqualTo("zh");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Europe/Berlin", "Asia/Shanghai", "Asia/Kathmandu", "America/Argentina/Buenos_Aires", "GMT+8"})
    void timesAreInTheBrowsersZone(String zone) {
        keep("rm-zone", zone);

        assertThat(Preferences.zone(request)).isEqualTo(ZoneId.of(zone));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "Mars/Olympus_Mons", "undefined", "europe/berlin", "../../etc/passwd", "<script>", "+99:00"})
    void withoutAZoneThatIsKnownTheyAreInUtc(String zone) {
        keep("rm-zone", zone);

        assertThat(Preferences.zone(request)).isEqualTo(ZoneOffset.UTC);
    }

    private void ask(String name, String value) {
        if (value != null) {
            request.addParameter(name, value);
        }
    }

    private void keep(String name, String value) {
        if (value != null) {
            request.setCookies(new Cookie(name, value));
        }
    }
}
