package io.reliablemessage.service.admin.action;

import io.reliablemessage.adminapi.message.ReasonRequest;
import io.reliablemessage.adminapi.registry.CheckbackRequestResult;
import io.reliablemessage.service.admin.audit.AuditLog;
import io.reliablemessage.service.admin.audit.AuditReasons;
import io.reliablemessage.service.admin.audit.AuditedAs;
import io.reliablemessage.service.admin.common.MayOperate;
import io.reliablemessage.service.checkback.CheckbackEndpoints;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.openapi.Example;
import io.reliablemessage.service.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "admin")
class AdminCheckbackController {

    private final CheckbackEndpoints endpoints;
    private final CheckbackRequestStore messages;
    private final AuditLog audit;
    private final LedgerTransactions ledger;

    AdminCheckbackController(
            CheckbackEndpoints endpoints, CheckbackRequestStore messages, AuditLog audit, LedgerTransactions ledger) {
        this.endpoints = endpoints;
        this.messages = messages;
        this.audit = audit;
        this.ledger = ledger;
    }

    @PostMapping(
            path = "/admin/applications/{name}/checkbacks",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @AuditedAs("CHECKBACK")
    @MayOperate
    @Operation(
            operationId = "wantCheckbacks",
            summary = "Makes the check-backs of an application due now",
            description =
                    "Also ends its back-off after unanswered check-backs. Half messages within their time are left out: a check-back"
                            + " would end their business transactions. An application without a check URL is refused.")
    @Example("""
            {"reason": "its database is back"}""")
    CheckbackRequestResult want(@PathVariable String name, @RequestBody ReasonRequest request, Caller caller) {
        var action = AuditReasons.action(caller, request.reason());
        return ledger.commit(() -> {
            endpoints.wake(name);
            var wanted = messages.want(name, action);
            audit.record("CHECKBACK", name, action, null, wanted.due());
            return new CheckbackRequestResult(name, wanted.due(), wanted.isCapped());
        });
    }
}
