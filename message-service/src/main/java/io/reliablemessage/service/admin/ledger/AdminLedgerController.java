package io.reliablemessage.service.admin.ledger;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;

import io.reliablemessage.adminapi.registry.EpochRequest;
import io.reliablemessage.api.LedgerView;
import io.reliablemessage.service.admin.audit.AuditLog;
import io.reliablemessage.service.admin.audit.AuditReasons;
import io.reliablemessage.service.admin.audit.AuditedAs;
import io.reliablemessage.service.admin.common.QueryRules;
import io.reliablemessage.service.epoch.Epochs;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.openapi.Example;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.Caller;
import io.reliablemessage.service.platform.security.Role.Names;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "admin")
class AdminLedgerController {

    private static final String ACTION = "BEGIN_EPOCH";

    private final Epochs epochs;
    private final AuditLog audit;
    private final LedgerTransactions ledger;

    AdminLedgerController(Epochs epochs, AuditLog audit, LedgerTransactions ledger) {
        this.epochs = epochs;
        this.audit = audit;
        this.ledger = ledger;
    }

    @PostMapping(
            path = "/admin/ledger/epoch",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @AuditedAs(ACTION)
    @RolesAllowed(Names.ADMIN)
    @Operation(
            operationId = "beginEpoch",
            summary = "Reports that the database was restored, so that producers send lost messages again",
            description =
                    "Begins an epoch; all replicas know it within seconds. `restoredTo` is the point that the database was restored to,"
                            + " or any earlier one; a time in the future is refused. Safe to repeat: if an epoch of the same `restoredTo`"
                            + " exists, no other one begins. After another restore to the same point that epoch is gone, and the call"
                            + " begins one.")
    @Example("""
            {"restoredTo": "2026-11-27T06:04:10.148881Z", "reason": "a table was dropped by mistake"}""")
    LedgerView begin(@RequestBody EpochRequest request, Caller caller) {
        var action = AuditReasons.action(caller, request.reason());
        var point = request.restoredTo();
        if (point == null) {
            throw new Problem(INVALID_REQUEST, "restoredTo is required.");
        }
        QueryRules.within("restoredTo", point);
        return ledger.commit(() -> {
            var begun = epochs.begin(point);
            if (begun.isNew()) {
                audit.record(ACTION, begun.view().epoch(), action);
            }
            return begun.view();
        });
    }
}
