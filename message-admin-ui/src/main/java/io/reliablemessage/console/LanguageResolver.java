package io.reliablemessage.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/**
 * English or Chinese: as {@code ?lang=} says, else the browser. Kept in the address, so that a link shows what was
 * seen.
 */
@Component(DispatcherServlet.LOCALE_RESOLVER_BEAN_NAME)
class LanguageResolver extends AcceptHeaderLocaleResolver {

    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.CHINESE);

    LanguageResolver() {
        setSupportedLocales(LANGUAGES);
        setDefaultLocale(Locale.ENGLISH);
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        var asked = request.getParameter("lang");
        return LANGUAGES.stream()
                .filter(language -> language.getLanguage().equals(asked))
                .findFirst()
                .orElseGet(() -> super.resolveLocale(request));
    }
}
