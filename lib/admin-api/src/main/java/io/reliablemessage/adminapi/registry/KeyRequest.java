package io.reliablemessage.adminapi.registry;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates an API key.
 *
 * @param roles its permissions: producer, consumer, worker, viewer, operator, lead, admin, console
 * @param expiresAt none: never
 * @param reason for the audit, at most 500 bytes
 */
public record KeyRequest(
        @Nullable List<String> roles,
        @Nullable Instant expiresAt,
        @Nullable String reason) {}
