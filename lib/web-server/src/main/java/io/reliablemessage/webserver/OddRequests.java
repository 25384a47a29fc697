package io.reliablemessage.webserver;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Answers odd requests, which anybody may send, as mistakes of the caller. A bean of each application. */
public final class OddRequests implements WebMvcConfigurer {

    private static final String HEALTH = "/actuator/health/";

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new NoErrorByItself()).addPathPatterns("/error");
    }

    @Override
    public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.addFirst(OddRequests::notAcceptable);
        resolvers.addFirst(OddRequests::noSuchHealth);
    }

    /** Boot fails for a path below a group or component that there is not. */
    private static @Nullable ModelAndView noSuchHealth(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        var path = request.getRequestURI();
        var isBelow = path.startsWith(HEALTH) && path.indexOf('/', HEALTH.length()) > 0;
        return isBelow && failure instanceof IllegalStateException && !response.isCommitted()
                ? answered(response, HttpServletResponse.SC_NOT_FOUND)
                : null;
    }

    /** Boot reads {@code Accept} when an answer is written, and fails if nobody can write it so. */
    private static @Nullable ModelAndView notAcceptable(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        var isAboutAccept =
                failure instanceof HttpMessageNotWritableException || failure instanceof InvalidMimeTypeException;
        if (!isAboutAccept || response.isCommitted()) {
            return null;
        }
        return answered(response, HttpServletResponse.SC_NOT_ACCEPTABLE);
    }

    private static ModelAndView answered(HttpServletResponse response, int status) {
        try {
            response.sendError(status);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return new ModelAndView();
    }

    /** Asked for by itself, the page of errors has none to show. */
    private static final class NoErrorByItself implements HandlerInterceptor {
        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, HttpServletResponse.SC_NOT_FOUND);
            }
            return true;
        }
    }
}
