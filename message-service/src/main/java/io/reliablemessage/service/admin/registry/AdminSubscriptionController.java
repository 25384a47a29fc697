package io.reliablemessage.service.admin.registry;

import static io.reliablemessage.api.ProblemType.NOT_FOUND;

import io.reliablemessage.adminapi.message.ActionRequest;
import io.reliablemessage.adminapi.registry.OverrideRequest;
import io.reliablemessage.service.admin.audit.AuditLog;
import io.reliablemessage.service.admin.audit.AuditReasons;
import io.reliablemessage.service.admin.audit.OperatorAction;
import io.reliablemessage.service.admin.common.MayLead;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.openapi.Example;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.Caller;
import io.reliablemessage.service.registry.DeliveryPolicy;
import io.reliablemessage.service.registry.SubscriptionOverrides;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.function.BooleanSupplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(
        path = "/admin/subscriptions/{name}",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "admin")
class AdminSubscriptionController {

    private final SubscriptionOverrides overrides;
    private final AuditLog audit;
    private final LedgerTransactions ledger;

    AdminSubscriptionController(SubscriptionOverrides overrides, AuditLog audit, LedgerTransactions ledger) {
        this.overrides = overrides;
        this.audit = audit;
        this.ledger = ledger;
    }

    @PostMapping("/pause")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @MayLead
    @Operation(
            operationId = "pause",
            summary = "Pauses a subscription: no sends, no attempts counted, no delivery given up")
    @Example("""
            {"reason": "the consumer's database is being moved"}""")
    void pause(@PathVariable String name, @RequestBody ActionRequest request, Caller caller) {
        write("PAUSE", name, AuditReasons.action(caller, request.reason()), () -> overrides.pause(name));
    }

    @PostMapping("/resume")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @MayLead
    @Operation(operationId = "resume", summary = "Resumes a subscription; what it missed is due")
    @Example("""
            {"reason": "the consumer is back"}""")
    void resume(@PathVariable String name, @RequestBody ActionRequest request, Caller caller) {
        write("RESUME", name, AuditReasons.action(caller, request.reason()), () -> overrides.resume(name));
    }

    @PutMapping("/override")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @MayLead
    @Operation(
            operationId = "override",
            summary = "Replaces the operators' override of a subscription",
            description =
                    "It takes precedence over the application's settings; a setting left out is the application's again.")
    @Example("""
            {"schedule": ["PT5M"], "ratePerSecond": 50, "reason": "the consumer is slow today"}""")
    void override(@PathVariable String name, @RequestBody OverrideRequest request, Caller caller) {
        var terms = new DeliveryPolicy(request.schedule(), request.maxAttempts(), request.ratePerSecond());
        write("OVERRIDE", name, AuditReasons.action(caller, request.reason()), () -> overrides.set(name, terms));
    }

    private void write(String what, String name, OperatorAction action, BooleanSupplier change) {
        ledger.commit(() -> {
            if (!change.getAsBoolean()) {
                throw new Problem(NOT_FOUND, "There is no such subscription.");
            }
            audit.record(what, name, action);
            return true;
        });
    }
}
