package io.reliablemessage.adminapi.registry;

import org.jspecify.annotations.Nullable;

/**
 * An operator has a duty stand still, or go on.
 *
 * @param reason for the audit, at most 500 bytes
 */
public record WorkerRequest(
        @Nullable Boolean paused, @Nullable String reason) {}
