package io.reliablemessage.service.admin.operation;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;

import io.reliablemessage.adminapi.jobs.OperationsReport;
import io.reliablemessage.adminapi.jobs.OperationsRequest;
import io.reliablemessage.service.platform.openapi.Example;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "jobs")
class OperationJobController {

    private static final int MAX_LIMIT = 5000;
    private static final int DEFAULT = 500;

    private final OperationScheduler round;

    OperationJobController(OperationScheduler round) {
        this.round = round;
    }

    @PostMapping(
            value = "/jobs/operations",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @RolesAllowed(Role.Names.WORKER)
    @Operation(
            operationId = "operate",
            summary = "Takes operators' operations further, and looks at what became of what they resent")
    @Example("""
            {"limit": 500}""")
    OperationsReport operate(@RequestBody OperationsRequest request) {
        var limit = request.limit() == null ? DEFAULT : request.limit();
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new Problem(INVALID_REQUEST, "limit takes 1 to %d.".formatted(MAX_LIMIT));
        }
        return round.run(limit);
    }
}
