package io.reliablemessage.webserver;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers parameters that cannot be decoded, whoever is the first to look at one: Tomcat decodes them only then. What
 * leaves the filters would be logged with its stack, and with what the caller wrote.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 2) // Around all that reads parameters, within what sets headers and counts answers.
final class DecodableParameters extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (InvalidParameterException undecodable) {
            refuse(response, undecodable);
        } catch (ServletException failed) {
            if (!(failed.getCause() instanceof InvalidParameterException undecodable)) {
                throw failed;
            }
            refuse(response, undecodable);
        }
    }

    /** Without the page of errors: it would read the same parameters, and fail too. */
    private static void refuse(HttpServletResponse response, InvalidParameterException undecodable) throws IOException {
        if (response.isCommitted()) {
            throw undecodable;
        }
        response.resetBuffer();
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write("The parameters are not percent-encoded UTF-8.");
    }
}
