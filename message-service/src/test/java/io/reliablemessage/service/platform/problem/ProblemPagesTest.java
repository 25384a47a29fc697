package io.reliablemessage.service.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.util.HtmlUtils.htmlEscape;

import io.reliablemessage.api.ProblemType;
import io.reliablemessage.service.Api;
import io.reliablemessage.service.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemPagesTest {

    private final Service service = Service.shared();

    @ParameterizedTest
    @EnumSource
    void eachTypeHasAPageInTheReadersLanguageThatNeedsNoKey(ProblemType type) {
        assertThat(page(type.uri(), "en")).contains(htmlEscape(type.title()), htmlEscape(type.remedy()), "lang=\"en\"");
        assertThat(page(type.uri(), "zh-CN,zh;q=0.9,en;q=0.8"))
                .contains("处理办法", "lang=\"zh\"")
                .doesNotContain(htmlEscape(type.title()), htmlEscape(type.remedy()));
        assertThat(page("/problems", "fr")).contains("href=\"%s\"".formatted(type.uri()), htmlEscape(type.meaning()));
    }

    @Test
    void theReaderMayChooseTheLanguageOfAPage() {
        assertThat(page("/problems?lang=zh", "en")).contains("问题类型", "/problems/forbidden?lang=zh");
        assertThat(page("/problems/forbidden?lang=en", "zh")).contains("Remedy", "/problems?lang=en");
        assertThat(page("/problems/forbidden?lang=%22%3E%3Cscript%3E", "zh")).doesNotContain("<script");
    }

    private String page(String path, String languages) {
        var page = Api.exchange(service.asNobody().request(path).header("Accept-Language", languages))
                .is(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.headers().allValues("Vary")).contains("Accept-Language");
        return page.body().asString();
    }
}
