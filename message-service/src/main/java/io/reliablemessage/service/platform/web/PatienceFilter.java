package io.reliablemessage.service.platform.web;

import io.reliablemessage.service.platform.database.DatabaseProperties;
import io.reliablemessage.service.platform.database.Patience;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Applications do not wait for a database that says nothing. Workers and operators do: their calls may take long. */
@Component
class PatienceFilter extends OncePerRequestFilter {

    private final DatabaseProperties database;

    PatienceFilter(DatabaseProperties database) {
        this.database = database;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/messages");
    }

    @Override
    @SuppressWarnings("try") // held open
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (var patience = Patience.of(database.patience())) {
            chain.doFilter(request, response);
        }
    }
}
