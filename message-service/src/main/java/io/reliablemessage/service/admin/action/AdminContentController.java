package io.reliablemessage.service.admin.action;

import io.reliablemessage.adminapi.message.ContentView;
import io.reliablemessage.service.admin.audit.AuditLog;
import io.reliablemessage.service.admin.audit.OperatorAction;
import io.reliablemessage.service.admin.common.MayLead;
import io.reliablemessage.service.message.ContentStore;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.Problems;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "admin")
class AdminContentController {

    private final ContentStore contents;
    private final AuditLog audit;
    private final LedgerTransactions ledger;

    AdminContentController(ContentStore contents, AuditLog audit, LedgerTransactions ledger) {
        this.contents = contents;
        this.audit = audit;
        this.ledger = ledger;
    }

    @GetMapping(
            path = "/admin/messages/{id:" + MessageId.FORM + "}/content",
            produces = MediaType.APPLICATION_JSON_VALUE)
    @MayLead
    @Operation(
            operationId = "lookAtContent",
            summary = "Shows the content of any message",
            description = "It may contain personal data, so each view is recorded in the audit.")
    ContentView get(@PathVariable MessageId id, Caller caller) {
        return ledger.commit(() -> {
            var content = contents.find(id).orElseThrow(() -> Problems.notFound(id));
            audit.record("REVEAL", id.toString(), new OperatorAction(caller.actor(), "viewed the payload"));
            return content;
        });
    }
}
