package io.reliablemessage.adminapi.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The check-backs that a worker has to send now.
 *
 * @param requests at most one per application
 * @param more true: more was due than fitted in
 */
public record CheckbackLeases(List<Lease> requests, boolean more) {

    /**
     * A finished, signed request, for one worker until its lease ends.
     *
     * @param lease names it in the report
     * @param expiresAt a later report changes no schedule
     * @param application the recipient, for metrics and logs
     * @param url where to {@code POST} it; its addresses have to be checked at connection time
     * @param headers to be sent as they are, the signature among them
     * @param body to be sent as UTF-8, byte for byte
     * @param deadline for everything together: name look-up, connection, headers and body
     */
    public record Lease(
            String lease,
            Instant expiresAt,
            String application,
            String url,
            Map<String, String> headers,
            String body,
            Duration deadline) {}
}
