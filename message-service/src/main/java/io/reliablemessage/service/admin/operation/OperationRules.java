package io.reliablemessage.service.admin.operation;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.service.platform.security.Role.ADMIN;
import static io.reliablemessage.service.platform.security.Role.LEAD;

import io.reliablemessage.adminapi.message.MessageQuery;
import io.reliablemessage.adminapi.operation.OperationAction;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.Caller;
import io.reliablemessage.service.platform.web.Texts;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks an operation's request, and who may start it. */
final class OperationRules {

    static final int MAX_WITHOUT_LEAD = 1_000;

    private static final int MAX_PER_SECOND = 100_000;

    private OperationRules() {}

    static OperationAction action(@Nullable OperationAction action) {
        if (action == null) {
            throw new Problem(INVALID_REQUEST, "action is RESEND or DISCARD.");
        }
        return action;
    }

    static MessageQuery filter(@Nullable MessageQuery filter) {
        if (filter == null) {
            throw new Problem(INVALID_REQUEST, "filter is required; {} matches everything.");
        }
        requireText("topic", filter.topic());
        requireText("subscription", filter.subscription());
        requireText("producer", filter.producer());
        requireText("key", filter.key());
        return filter;
    }

    /** In a search, a form's empty field counts as left out; here it would widen what is done. */
    private static void requireText(String member, @Nullable String text) {
        if (text != null && !Texts.isVisible(text)) {
            throw new Problem(
                    INVALID_REQUEST,
                    "filter.%s is empty or cannot be seen; leave it out to match all.".formatted(member));
        }
    }

    /** What is discarded must be what was seen; a resend may be repeated, so it may go by the count. */
    static @Nullable String fingerprint(OperationAction action, @Nullable String fingerprint) {
        if (fingerprint == null && action == OperationAction.DISCARD) {
            throw new Problem(INVALID_REQUEST, "fingerprint is required to discard; the preview has it.");
        }
        return fingerprint;
    }

    static int expected(@Nullable Integer expected) {
        if (expected == null || expected < 1) {
            throw new Problem(INVALID_REQUEST, "expected is the 'matched' of the preview, at least 1.");
        }
        return expected;
    }

    static @Nullable Integer rate(@Nullable Integer perSecond) {
        if (perSecond != null && (perSecond < 1 || perSecond > MAX_PER_SECOND)) {
            throw new Problem(INVALID_REQUEST, "ratePerSecond takes 1 to %d.".formatted(MAX_PER_SECOND));
        }
        return perSecond;
    }

    static int canary(OperationAction action, @Nullable Integer canary) {
        if (canary != null && (canary < 0 || canary > MAX_WITHOUT_LEAD)) {
            throw new Problem(INVALID_REQUEST, "canary takes 0 to %d.".formatted(MAX_WITHOUT_LEAD));
        }
        if (canary != null && canary > 0 && action != OperationAction.RESEND) {
            throw new Problem(INVALID_REQUEST, "canary is for resends: discarded deliveries are not consumed.");
        }
        return canary == null ? 0 : canary;
    }

    static @Nullable UUID id(@Nullable String id) {
        return id == null ? null : Names.id("id", id);
    }

    /** Discards and large operations need a lead. */
    static void requireRole(Caller caller, OperationAction action, int matched) {
        if (caller.has(LEAD) || caller.has(ADMIN)) {
            return;
        }
        if (action == OperationAction.DISCARD) {
            throw new Problem(FORBIDDEN, "Discarding requires a key with the role lead or admin.");
        }
        if (matched > MAX_WITHOUT_LEAD) {
            throw new Problem(
                            FORBIDDEN,
                            "An operation on more than %d deliveries requires a key with the role lead or admin; %d match."
                                    .formatted(MAX_WITHOUT_LEAD, matched))
                    .with("matched", matched);
        }
    }
}
