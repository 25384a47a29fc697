package io.reliablemessage.service.admin.operation;

import io.reliablemessage.adminapi.jobs.OperationsReport;
import io.reliablemessage.adminapi.jobs.OperationsRequest;
import io.reliablemessage.service.platform.openapi.Example;
import io.reliablemessage.service.platform.security.Role;
import io.reliablemessage.service.platform.web.Limits;
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
            summary = "Advances operators' operations, and updates the results of their resends")
    @Example("""
            {"limit": 500}""")
    OperationsReport operate(@RequestBody OperationsRequest request) {
        var limit = Limits.checked(request.limit(), DEFAULT, MAX_LIMIT);
        return round.run(limit);
    }
}
