package io.reliablemessage.service.platform.web;

import static io.reliablemessage.api.ProblemType.TOO_LARGE;

import io.reliablemessage.service.platform.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Limits bodies to 8 MiB each, with or without a declared length, and all together; Tomcat limits forms only. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class BodyLimitFilter extends HttpFilter {

    static final int LIMIT = 8 * 1024 * 1024;

    private final BodyBudget budget;
    private final HandlerExceptionResolver problems;

    BodyLimitFilter(BodyBudget budget, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.budget = budget;
        this.problems = problems;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > LIMIT) {
            problems.resolveException(request, response, null, tooLarge());
        } else {
            doFilter(request, response, chain, budget.newShare());
        }
    }

    private static void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, BodyBudget.Share share)
            throws ServletException, IOException {
        try {
            chain.doFilter(new Bounded(request, share), response);
        } finally {
            share.giveBack();
        }
    }

    private static Problem tooLarge() {
        return new Problem(TOO_LARGE, "A body is at most %d bytes.".formatted(LIMIT));
    }

    private static final class Bounded extends HttpServletRequestWrapper {

        private final BodyBudget.Share share;

        Bounded(HttpServletRequest request, BodyBudget.Share share) {
            super(request);
            this.share = share;
        }

        /** Not earlier, so that no caller without a key has a share. */
        @Override
        public ServletInputStream getInputStream() throws IOException {
            share.growTo(getContentLengthLong());
            return new BoundedStream(super.getInputStream(), share);
        }
    }

    private static final class BoundedStream extends ServletInputStream {

        private final ServletInputStream stream;
        private final BodyBudget.Share share;
        private long taken;

        BoundedStream(ServletInputStream stream, BodyBudget.Share share) {
            this.stream = stream;
            this.share = share;
        }

        @Override
        public int read() throws IOException {
            var next = stream.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var count = stream.read(buffer, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int more) {
            taken += more;
            if (taken > LIMIT) {
                throw tooLarge();
            }
            share.growTo(taken);
        }

        @Override
        public boolean isFinished() {
            return stream.isFinished();
        }

        @Override
        public boolean isReady() {
            return stream.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            stream.setReadListener(listener);
        }
    }
}
