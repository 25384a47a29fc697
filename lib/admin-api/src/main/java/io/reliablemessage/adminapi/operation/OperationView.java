package io.reliablemessage.adminapi.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.adminapi.message.MessageQuery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operation as it is now. Numbers are of deliveries, and each has a list with as many items: in the end,
 * {@code matched} is {@code resent + discarded + skipped + failed}.
 *
 * @param retryOf the operation whose failed deliveries these are
 * @param done that have an outcome
 * @param resent made due again, so that they leave as fast as their subscriptions take them
 * @param sent of the resent, those that the broker has confirmed since, or their consumers have answered,
 *     as far as seen
 * @param consumed of the resent, those acknowledged since, by nobody's later resend, as far as seen
 * @param dead of the resent, those given up again, as far as seen
 * @param rejected of the resent, those rejected again, as far as seen
 * @param skipped left as they were; their items say why
 * @param failed that could not be written; their items say why
 * @param canary so many had to be consumed before the others went; 0: none
 * @param pausedBy the operator, or {@code service} if a canary was not consumed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperationView(
        String id,
        OperationAction action,
        MessageQuery filter,
        boolean runAgain,
        @Nullable String retryOf,
        OperationState state,
        int matched,
        int done,
        int resent,
        int sent,
        int consumed,
        int dead,
        int rejected,
        int discarded,
        int skipped,
        int failed,
        @Nullable Integer ratePerSecond,
        int canary,
        String reason,
        String actor,
        @Nullable String pausedBy,
        Instant startedAt,
        @Nullable Instant finishedAt) {}
