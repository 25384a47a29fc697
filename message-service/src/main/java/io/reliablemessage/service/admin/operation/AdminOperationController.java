package io.reliablemessage.service.admin.operation;

import io.reliablemessage.adminapi.message.ReasonRequest;
import io.reliablemessage.adminapi.operation.OperationPreview;
import io.reliablemessage.adminapi.operation.OperationPreviewRequest;
import io.reliablemessage.adminapi.operation.OperationRateRequest;
import io.reliablemessage.adminapi.operation.OperationRequest;
import io.reliablemessage.adminapi.operation.OperationRetryRequest;
import io.reliablemessage.adminapi.operation.OperationView;
import io.reliablemessage.service.admin.audit.AuditReasons;
import io.reliablemessage.service.admin.common.MayOperate;
import io.reliablemessage.service.admin.operation.Operations.Started;
import io.reliablemessage.service.admin.search.SearchRules;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.openapi.Example;
import io.reliablemessage.service.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(
        path = "/admin/operations",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "admin")
class AdminOperationController {

    private static final String ONE = "/{id:" + MessageId.FORM + "}";

    private final Operations operations;
    private final OperationPreviews previews;

    AdminOperationController(Operations operations, OperationPreviews previews) {
        this.operations = operations;
        this.previews = previews;
    }

    @PostMapping("/preview")
    @MayOperate
    @Operation(operationId = "previewOperation", summary = "Previews a bulk operation and changes nothing")
    @Example("""
            {"action": "RESEND", "filter": {"state": "DEAD", "subscription": "points"}}""")
    OperationPreview preview(@RequestBody OperationPreviewRequest request) {
        return previews.preview(
                OperationRules.action(request.action()),
                SearchRules.search(OperationRules.filter(request.filter())),
                Boolean.TRUE.equals(request.runAgain()));
    }

    @PostMapping
    @MayOperate
    @Operation(
            operationId = "startOperation",
            summary = "Resends or discards every delivery that matches a filter, oldest first",
            description =
                    "Discarding, and more than 1,000 deliveries, require the role lead. If more match than expected, the answer is"
                            + " 409 with their number. Each delivery gets one outcome; those that can no longer take the step when their turn comes are"
                            + " skipped, with a reason. Repeated with the same `id`, it answers 200 with the operation that was started.")
    @ApiResponse(responseCode = "201", description = "Started")
    @ApiResponse(responseCode = "200", description = "Started before")
    @Example("""
            {"action": "RESEND", "filter": {"state": "DEAD", "subscription": "points"}, "expected": 230, "ratePerSecond": 50,
             "canary": 5, "reason": "the consumer is mended"}""")
    ResponseEntity<OperationView> start(@RequestBody OperationRequest request, Caller caller) {
        return answer(operations.start(request, caller));
    }

    @PostMapping(ONE + "/retry")
    @MayOperate
    @Operation(
            operationId = "retryOperation",
            summary = "Starts another operation on the failed deliveries of this one",
            description =
                    "These are the deliveries that could not be written, and those that are dead or rejected again.")
    @ApiResponse(responseCode = "201", description = "Started")
    @Example("""
            {"ratePerSecond": 10, "reason": "the consumer is mended at last"}""")
    ResponseEntity<OperationView> retry(
            @PathVariable UUID id, @RequestBody OperationRetryRequest request, Caller caller) {
        return answer(operations.retry(id, request, caller));
    }

    private static ResponseEntity<OperationView> answer(Started started) {
        return ResponseEntity.status(started.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(started.operation());
    }

    @PostMapping(ONE + "/pause")
    @MayOperate
    @Operation(operationId = "pauseOperation", summary = "Pauses a bulk operation")
    @Example("""
            {"reason": "the consumer is slow"}""")
    OperationView pause(@PathVariable UUID id, @RequestBody ReasonRequest request, Caller caller) {
        return operations.pause(id, AuditReasons.action(caller, request.reason()));
    }

    @PostMapping(ONE + "/resume")
    @MayOperate
    @Operation(
            operationId = "resumeOperation",
            summary = "Resumes a bulk operation",
            description = "If it was paused because a canary was not consumed, the others are sent now all the same.")
    @Example("""
            {"reason": "the consumer keeps up again"}""")
    OperationView resume(@PathVariable UUID id, @RequestBody ReasonRequest request, Caller caller) {
        return operations.resume(id, caller, AuditReasons.action(caller, request.reason()));
    }

    @PostMapping(ONE + "/cancel")
    @MayOperate
    @Operation(
            operationId = "cancelOperation",
            summary = "Cancels an operation; deliveries not yet processed are skipped",
            description = "Deliveries already resent or discarded stay so.")
    @Example("""
            {"reason": "wrong filter"}""")
    OperationView cancel(@PathVariable UUID id, @RequestBody ReasonRequest request, Caller caller) {
        return operations.cancel(id, AuditReasons.action(caller, request.reason()));
    }

    @PutMapping(ONE + "/rate")
    @MayOperate
    @Operation(operationId = "setOperationRate", summary = "Changes the rate of an operation, at once")
    @Example("""
            {"ratePerSecond": 200, "reason": "the consumer takes more"}""")
    OperationView rate(@PathVariable UUID id, @RequestBody OperationRateRequest request, Caller caller) {
        return operations.rate(id, request.ratePerSecond(), AuditReasons.action(caller, request.reason()));
    }
}
