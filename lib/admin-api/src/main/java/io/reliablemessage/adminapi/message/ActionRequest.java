package io.reliablemessage.adminapi.message;

import org.jspecify.annotations.Nullable;

/**
 * An operator acts.
 *
 * @param subscription whose delivery is meant; none: all of the message's that can take the step
 * @param reason for the audit, at most 500 bytes
 */
public record ActionRequest(
        @Nullable String subscription, @Nullable String reason) {}
