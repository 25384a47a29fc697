package io.reliablemessage.service.admin.operation;

import io.reliablemessage.adminapi.operation.OperationAction;
import io.reliablemessage.adminapi.operation.SkipReason;
import io.reliablemessage.service.admin.audit.OperatorAction;
import io.reliablemessage.service.admin.operation.OperationTargetStore.Target;
import io.reliablemessage.service.model.DeliveryTransition;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bulk operation, as fixed at its start.
 *
 * @param filter as JSON
 * @param runsAgain also resends deliveries beyond the dedupe window
 */
record BulkOperation(
        UUID id,
        OperationAction action,
        String filter,
        boolean runsAgain,
        @Nullable UUID retryOf,
        OperatorAction act,
        @Nullable Integer ratePerSecond,
        int canary) {

    /** The reason to skip a delivery; empty: it is not skipped. */
    Optional<SkipReason> skips(Target target) {
        return skips(action, runsAgain, target);
    }

    static Optional<SkipReason> skips(OperationAction action, boolean runsAgain, Target target) {
        if (!step(action).from().contains(target.state())) {
            return Optional.of(SkipReason.valueOf(target.state().name()));
        }
        return action == OperationAction.RESEND && target.isOld() && !runsAgain
                ? Optional.of(SkipReason.DEDUPE_WINDOW)
                : Optional.empty();
    }

    static DeliveryTransition step(OperationAction action) {
        return switch (action) {
            case RESEND -> DeliveryTransition.REVIVE;
            case DISCARD -> DeliveryTransition.DISCARD;
        };
    }
}
