package io.reliablemessage.adminapi.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which acts are asked for; everything that is given must hold.
 *
 * @param actor who acted, in full
 * @param action what was done, such as {@code RESEND}
 * @param target upon which message, subscription, cause or whatever else, by its id or name
 * @param from at this time or later
 * @param to before this time
 */
public record AuditQuery(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String target,
        @Nullable Instant from,
        @Nullable Instant to) {}
