package io.reliablemessage.service.admin.worker;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;

import io.reliablemessage.adminapi.registry.WorkerRequest;
import io.reliablemessage.service.admin.audit.AuditLog;
import io.reliablemessage.service.admin.audit.AuditReasons;
import io.reliablemessage.service.admin.audit.AuditedAs;
import io.reliablemessage.service.admin.common.MayLead;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.liveness.WorkerRegistry;
import io.reliablemessage.service.platform.openapi.Example;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "admin")
class AdminWorkerController {

    private final WorkerRegistry workers;
    private final AuditLog audit;
    private final LedgerTransactions ledger;

    AdminWorkerController(WorkerRegistry workers, AuditLog audit, LedgerTransactions ledger) {
        this.workers = workers;
        this.audit = audit;
        this.ledger = ledger;
    }

    @PutMapping(
            path = "/admin/workers/{worker}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @AuditedAs("WORKER")
    @MayLead
    @Operation(
            operationId = "pauseWorker",
            summary = "Pauses or resumes redelivery or check-backs",
            description =
                    "The workers are `redelivery` and `checkback`. A paused worker gets no work: nothing due is sent or buried"
                            + " (first sends continue), or no check-backs are made. What the pause missed is due afterwards. Health of the"
                            + " workers is DEGRADED meanwhile.")
    @Example("""
            {"paused": true, "reason": "the broker is being moved"}""")
    void set(@PathVariable String worker, @RequestBody WorkerRequest request, Caller caller) {
        var isPaused = request.paused();
        if (isPaused == null) {
            throw new Problem(INVALID_REQUEST, "paused is required.");
        }
        var action = AuditReasons.action(caller, request.reason());
        ledger.commit(() -> {
            if (!workers.pause(worker, isPaused)) {
                throw new Problem(NOT_FOUND, "There is no such worker.");
            }
            audit.record(isPaused ? "PAUSE" : "RESUME", worker, action);
            return true;
        });
    }
}
