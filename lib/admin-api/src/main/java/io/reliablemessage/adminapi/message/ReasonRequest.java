package io.reliablemessage.adminapi.message;

import org.jspecify.annotations.Nullable;

/**
 * An operator's action with a reason.
 *
 * @param reason for the audit, at most 500 bytes
 */
public record ReasonRequest(@Nullable String reason) {}
