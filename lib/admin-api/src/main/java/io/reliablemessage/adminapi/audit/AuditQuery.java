package io.reliablemessage.adminapi.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects entries of the audit; all given conditions must hold.
 *
 * @param actor who acted, in full
 * @param action what was done, such as {@code RESEND}
 * @param target the id or name of the message, subscription, cause or other target
 * @param from at this time or later
 * @param to before this time
 */
public record AuditQuery(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String target,
        @Nullable Instant from,
        @Nullable Instant to) {}
