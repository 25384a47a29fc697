package io.reliablemessage.adminui.page;

import io.reliablemessage.adminui.ConsoleProperties;
import io.reliablemessage.adminui.api.Operator;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Attributes of every page. */
@ControllerAdvice
class PageModel {

    private final MessageSource texts;
    private final ConsoleProperties properties;

    PageModel(MessageSource texts, ConsoleProperties properties) {
        this.texts = texts;
        this.properties = properties;
    }

    /** Before the login there is none. */
    @ModelAttribute
    void operator(@Nullable Authentication login, Model model) {
        if (login != null) {
            model.addAttribute("operator", Operator.of(login));
        }
    }

    @ModelAttribute("format")
    Format format(HttpServletRequest request, Locale locale) {
        return new Format(texts, locale, Preferences.zone(request), Instant.now());
    }

    @ModelAttribute("theme")
    String theme(HttpServletRequest request) {
        var theme = Preferences.THEME.of(request);
        return theme == null ? "system" : theme;
    }

    @ModelAttribute("here")
    PageUrl here(HttpServletRequest request) {
        return PageUrl.of(request);
    }

    @ModelAttribute("console")
    ConsoleProperties console() {
        return properties;
    }
}
