package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** The language of a page: the link's, else the cookie's, else the browser's, else English. */
class LanguageResolverTest {

    private final LanguageResolver languages = new LanguageResolver();

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            -,  -,  -,                              en
            -,  -,  en,                             en
            -,  -,  en-GB,                          en
            -,  -,  zh,                             zh
            -,  -,  zh-CN,                          zh
            -,  -,  zh-TW,                          zh
            -,  -,  'zh-CN,zh;q=0.9,en;q=0.8',      zh
            -,  -,  'de-DE,de;q=0.9,en;q=0.8',      en
            -,  -,  'de-DE,de;q=0.9,zh;q=0.8',      zh
            -,  -,  de,                             en
            -,  -,  *,                              en
            -,  zh, en,                             zh
            -,  en, zh-CN,                          en
            -,  fr, zh-CN,                          zh
            zh, en, en,                             zh
            en, zh, zh-CN,                          en
            fr, zh, en,                             zh
            fr, -,  zh-CN,                          zh
            '', -,  zh-CN,                          zh
            """)
    void theReaderHasTheSay(String asked, String kept, String browser, String language) {
        var request = new MockHttpServletRequest("GET", "/");
        if (asked != null) {
            request.addParameter("lang", asked);
        }
        if (kept != null) {
            request.setCookies(new Cookie("rm-lang", kept));
        }
        if (browser != null) {
            request.addHeader("Accept-Language", browser);
        }

        assertThat(languages.resolveLocale(request).getLanguage()).isEqualTo(language);
    }
}
