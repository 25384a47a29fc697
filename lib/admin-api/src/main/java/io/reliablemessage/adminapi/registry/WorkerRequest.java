package io.reliablemessage.adminapi.registry;

import org.jspecify.annotations.Nullable;

/**
 * Pauses or resumes a worker.
 *
 * @param reason for the audit, at most 500 bytes
 */
public record WorkerRequest(
        @Nullable Boolean paused, @Nullable String reason) {}
