package io.reliablemessage.adminui.page;

import io.reliablemessage.adminui.api.Operator;
import io.reliablemessage.adminui.api.Refusal;
import io.reliablemessage.adminui.api.ServiceUnavailable;
import io.reliablemessage.api.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** Shows pages for refused calls and for an unavailable service. */
@ControllerAdvice
class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    /** Problems with a text of their own. */
    private static final Set<ProblemType> EXPLAINED = EnumSet.of(
            ProblemType.FORBIDDEN,
            ProblemType.MESSAGE_NOT_FOUND,
            ProblemType.NOT_FOUND,
            ProblemType.INVALID_REQUEST,
            ProblemType.TRANSITION_REFUSED,
            ProblemType.TOO_MANY_CALLS);

    private final PageModel model;

    Failures(PageModel model) {
        this.model = model;
    }

    @ExceptionHandler
    ModelAndView refused(Refusal refusal, HttpServletRequest request, HttpServletResponse response, Locale locale) {
        var page = page("refused", refusal.status(), request, locale);
        page.addObject("problem", key(refusal));
        page.addObject("detail", refusal.detail());
        response.setStatus(refusal.status());
        return page;
    }

    @ExceptionHandler
    ModelAndView unavailable(
            ServiceUnavailable failure, HttpServletRequest request, HttpServletResponse response, Locale locale) {
        log.atWarn()
                .addKeyValue("path", request.getServletPath())
                .addKeyValue("why", failure.getMessage())
                .log("The message service does not answer");
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
        return page("unavailable", HttpStatus.SERVICE_UNAVAILABLE.value(), request, locale);
    }

    @ExceptionHandler
    ModelAndView unreadable(Unreadable part, HttpServletRequest request, HttpServletResponse response, Locale locale) {
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        var page = page("refused", HttpStatus.BAD_REQUEST.value(), request, locale);
        page.addObject("problem", part.problem());
        page.addObject("detail", String.valueOf(part.getMessage()));
        page.addObject("isOurs", true);
        return page;
    }

    static String key(Refusal refusal) {
        return "problem."
                + refusal.type()
                        .filter(EXPLAINED::contains)
                        .map(ProblemType::slug)
                        .orElse("other");
    }

    private ModelAndView page(String view, int status, HttpServletRequest request, Locale locale) {
        var page = new ModelAndView(view);
        page.addObject("status", status);
        page.addObject("format", model.format(request, locale));
        page.addObject("theme", model.theme(request));
        page.addObject("here", model.here(request));
        page.addObject("console", model.console());
        if (request.getUserPrincipal() instanceof Authentication login) {
            page.addObject("operator", Operator.of(login));
        }
        return page;
    }
}
