package io.reliablemessage.adminapi.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.adminapi.message.MessageQuery;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The current state of an operation. Numbers count deliveries, and each has a list with as many items: in the end,
 * {@code matched} is {@code resent + discarded + skipped + failed}.
 *
 * @param filterUnread conditions of the filter that this version of the service does not know; none: it knows all
 * @param retryOf the operation whose failed deliveries these are
 * @param done those with an outcome
 * @param resent made due again, to be sent at the rate of their subscriptions
 * @param sent of the resent, those that the broker has confirmed since, or their consumers have answered, as of the
 *     last update
 * @param consumed of the resent, those acknowledged since, not after a later resend, as of the last update
 * @param dead of the resent, those given up again, as of the last update
 * @param rejected of the resent, those rejected again, as of the last update
 * @param skipped left as they were; their items have the reason
 * @param failed those that could not be written; their items have the reason
 * @param canary how many must be consumed before the others are sent; 0: none
 * @param pausedBy the operator, or {@code service} if a canary was not consumed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperationView(
        String id,
        OperationAction action,
        MessageQuery filter,
        @Nullable Map<String, Object> filterUnread,
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
