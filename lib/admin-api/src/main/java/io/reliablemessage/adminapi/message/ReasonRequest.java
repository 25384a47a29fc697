package io.reliablemessage.adminapi.message;

import org.jspecify.annotations.Nullable;

/**
 * An operator acts.
 *
 * @param reason for the audit, at most 500 bytes
 */
public record ReasonRequest(@Nullable String reason) {}
