package io.reliablemessage.service.platform.web;

import io.reliablemessage.service.platform.database.CallTimeout;
import io.reliablemessage.service.platform.database.DatabaseProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Sets the call timeout for applications. Workers and operators have none: their calls may take long. */
@Component
class CallTimeoutFilter extends HttpFilter {

    private final DatabaseProperties database;

    CallTimeoutFilter(DatabaseProperties database) {
        this.database = database;
    }

    @Override
    @SuppressWarnings("try") // held open
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var path = request.getRequestURI();
        if (!path.startsWith("/messages") && !path.equals("/ledger")) {
            chain.doFilter(request, response);
            return;
        }
        try (var limited = CallTimeout.of(database.callTimeout())) {
            chain.doFilter(request, response);
        }
    }
}
