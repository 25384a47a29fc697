package io.reliablemessage.service.admin.operation;

import static io.reliablemessage.api.ProblemType.CONTENT_DIFFERS;
import static io.reliablemessage.api.ProblemType.COUNT_DIFFERS;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static io.reliablemessage.api.ProblemType.OPERATION_OVER;

import io.reliablemessage.adminapi.message.MessageQuery;
import io.reliablemessage.adminapi.operation.OperationRequest;
import io.reliablemessage.adminapi.operation.OperationRetryRequest;
import io.reliablemessage.adminapi.operation.OperationState;
import io.reliablemessage.adminapi.operation.OperationView;
import io.reliablemessage.service.admin.audit.AuditLog;
import io.reliablemessage.service.admin.audit.AuditReasons;
import io.reliablemessage.service.admin.audit.OperatorAction;
import io.reliablemessage.service.admin.operation.OperationItemStore.New;
import io.reliablemessage.service.admin.search.MessageFilter;
import io.reliablemessage.service.admin.search.SearchRules;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.Caller;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Starts, pauses, resumes and cancels bulk operations. Workers advance them. */
@Component
class Operations {

    private final OperationScope scope;
    private final OperationStore operations;
    private final OperationItemStore items;
    private final AuditLog audit;
    private final LedgerTransactions ledger;
    private final JsonMapper json;

    Operations(
            OperationScope scope,
            OperationStore operations,
            OperationItemStore items,
            AuditLog audit,
            LedgerTransactions ledger,
            JsonMapper json) {
        this.scope = scope;
        this.operations = operations;
        this.items = items;
        this.audit = audit;
        this.ledger = ledger;
        this.json = json;
    }

    /** Stores the operation and all matching deliveries in one transaction. */
    Started start(OperationRequest request, Caller caller) {
        var operation = operation(request, caller);
        var expected = OperationRules.expected(request.expected());
        var fingerprint = OperationRules.fingerprint(operation.action(), request.fingerprint());
        var search = SearchRules.search(OperationRules.filter(request.filter()));
        OperationRules.requireRole(caller, operation.action(), 0);
        var before = operations.find(operation.id());
        if (before.isPresent()) {
            return repeated(operation, before.get());
        }
        var found = matched(operation, search, expected, fingerprint);
        OperationRules.requireRole(caller, operation.action(), found.size());
        return store(operation, found);
    }

    private BulkOperation operation(OperationRequest request, Caller caller) {
        var action = OperationRules.action(request.action());
        var id = OperationRules.id(request.id());
        return new BulkOperation(
                id == null ? UUID.randomUUID() : id,
                action,
                json.writeValueAsString(OperationRules.filter(request.filter())),
                Boolean.TRUE.equals(request.runAgain()),
                null,
                AuditReasons.action(caller, request.reason()),
                OperationRules.rate(request.ratePerSecond()),
                OperationRules.canary(action, request.canary()));
    }

    private List<New> matched(
            BulkOperation operation, MessageFilter search, int expected, @Nullable String fingerprint) {
        var matched = scope.find(search);
        var count = matched.targets().size();
        if (matched.isCapped()) {
            throw new Problem(
                    INVALID_REQUEST,
                    "The filter matches more than one operation accepts; narrow it, by a time for example.");
        }
        if (count == 0) {
            throw new Problem(INVALID_REQUEST, "The filter matches no delivery.");
        }
        if (count > expected) {
            throw differs(
                    "%d deliveries match now, %d were expected. Nothing was done.".formatted(count, expected),
                    count,
                    expected);
        }
        if (fingerprint != null && !fingerprint.equals(matched.fingerprint())) {
            throw differs(
                    "Other deliveries match now than in the preview. Nothing was done; preview again.",
                    count,
                    expected);
        }
        return matched.targets().stream()
                .map(target -> new New(
                        target.name(), operation.skips(target).map(Enum::name).orElse(null)))
                .toList();
    }

    private static Problem differs(String detail, int matched, int expected) {
        return new Problem(COUNT_DIFFERS, detail).with("matched", matched).with("expected", expected);
    }

    /** Starts the same action on the deliveries that failed, or are dead or rejected again. */
    Started retry(UUID id, OperationRetryRequest request, Caller caller) {
        var failed = find(id);
        var act = AuditReasons.action(caller, request.reason());
        var rate = OperationRules.rate(request.ratePerSecond());
        var canary = OperationRules.canary(failed.action(), request.canary());
        var isOver = failed.state() == OperationState.FINISHED || failed.state() == OperationState.CANCELLED;
        var again = isOver ? items.failed(id) : List.<New>of();
        if (again.isEmpty()) {
            throw refused(failed, isOver ? "none of its deliveries has failed" : "it is not over yet");
        }
        OperationRules.requireRole(caller, failed.action(), again.size());
        var filter = operations.filter(id);
        return store(
                new BulkOperation(UUID.randomUUID(), failed.action(), filter, failed.runAgain(), id, act, rate, canary),
                again);
    }

    private Started store(BulkOperation operation, List<New> found) {
        var skipped =
                (int) found.stream().filter(item -> item.skipped() != null).count();
        var isNew = ledger.commit(() -> {
            var isStored = operations.insert(operation, found.size(), skipped);
            if (isStored) {
                items.insert(operation.id(), found);
                recordStart(operation, found.size());
            }
            return isStored;
        });
        var stored = find(operation.id());
        return isNew ? new Started(stored, true) : repeated(operation, stored);
    }

    private void recordStart(BulkOperation operation, int matched) {
        var id = operation.id().toString();
        audit.record("START_" + operation.action(), id, operation.act(), operation.filter(), matched);
    }

    private Started repeated(BulkOperation operation, OperationView stored) {
        var isSame = operation.action() == stored.action()
                && stored.filterUnread() == null
                && json.readValue(operation.filter(), MessageQuery.class).equals(stored.filter())
                && operation.act().equals(new OperatorAction(stored.actor(), stored.reason()));
        if (!isSame) {
            throw new Problem(CONTENT_DIFFERS, "Another operation has the id %s.".formatted(operation.id()));
        }
        return new Started(stored, false);
    }

    /** @param isNew false: the call was a repetition */
    record Started(OperationView operation, boolean isNew) {}

    OperationView find(UUID id) {
        return operations.find(id).orElseThrow(() -> new Problem(NOT_FOUND, "There is no operation %s.".formatted(id)));
    }

    OperationView pause(UUID id, OperatorAction act) {
        return change(id, OperationState.PAUSED, "PAUSE_OPERATION", act, () -> operations.pause(id, act));
    }

    OperationView resume(UUID id, Caller caller, OperatorAction act) {
        var paused = find(id);
        OperationRules.requireRole(caller, paused.action(), paused.matched());
        return change(id, OperationState.RUNNING, "RESUME_OPERATION", act, () -> operations.resume(id));
    }

    OperationView cancel(UUID id, OperatorAction act) {
        return change(id, OperationState.CANCELLED, "CANCEL_OPERATION", act, () -> operations.cancel(id));
    }

    OperationView rate(UUID id, @Nullable Integer ratePerSecond, OperatorAction act) {
        var rate = OperationRules.rate(ratePerSecond);
        return change(id, null, "SET_OPERATION_RATE", act, () -> operations.rate(id, rate));
    }

    private OperationView change(
            UUID id, @Nullable OperationState aim, String what, OperatorAction act, BooleanSupplier write) {
        var isChanged = ledger.commit(() -> {
            var isWritten = write.getAsBoolean();
            if (isWritten) {
                audit.record(what, id.toString(), act);
            }
            return isWritten;
        });
        var operation = find(id);
        var isThere =
                operation.state() == aim || aim == OperationState.RUNNING && operation.state() == OperationState.CANARY;
        if (!isChanged && !isThere) {
            throw refused(operation, "it is " + operation.state());
        }
        return operation;
    }

    private static Problem refused(OperationView operation, String why) {
        return new Problem(OPERATION_OVER, "Operation %s cannot take this step: %s.".formatted(operation.id(), why))
                .with("operationId", operation.id())
                .with("state", Objects.requireNonNull(operation.state()));
    }
}
