package io.reliablemessage.adminui.page;

import io.reliablemessage.webserver.OddRequests;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Answers odd requests, which anybody may send, as mistakes of the caller. */
@Configuration(proxyBeanMethods = false)
class OddRequestsConfiguration {

    @Bean
    OddRequests oddRequests() {
        return new OddRequests();
    }

    /** Without the page of errors: it would read the same parameters, and be rejected too. */
    @Bean
    RequestRejectedHandler rejections() {
        return (request, response, rejected) -> {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().write("The request has characters that are not allowed.");
        };
    }
}
