package io.reliablemessage.service.epoch;

import io.reliablemessage.api.Headers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Sets the epoch on every answer to producers, refusals included. Only what Tomcat refuses as no HTTP of ours, such as
 * {@code TRACE}, has none; nobody settles anything by such an answer.
 */
class EpochFilter extends HttpFilter {

    private final EpochCache cache;

    EpochFilter(EpochCache cache) {
        this.cache = cache;
    }

    /**
     * The epoch is taken when the call arrives, before anything is written or read for it. So the ledger that answers
     * is at least as new as the epoch says, in either order of call and restore:
     *
     * <ul>
     *   <li>The call was committed before the restore: its header was taken earlier still, when the new epoch did not
     *       exist. The producer settles under the old epoch, and un-settles when it sees the new one. Taken at the end
     *       of the call instead, the header could be of the new epoch, and the lost message would stay settled.
     *   <li>The call was committed after the restore, but the cache was not refreshed yet: the header is of the old
     *       epoch. The message is in the restored ledger; the producer sends it once more, with the same id.
     * </ul>
     */
    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var epoch = cache.text();
        if (epoch != null) {
            response.setHeader(Headers.EPOCH, epoch);
        }
        chain.doFilter(request, response);
    }
}
