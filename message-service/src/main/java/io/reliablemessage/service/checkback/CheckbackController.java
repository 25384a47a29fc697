package io.reliablemessage.service.checkback;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;

import io.reliablemessage.adminapi.jobs.CheckbackLeaseRequest;
import io.reliablemessage.adminapi.jobs.CheckbackLeases;
import io.reliablemessage.adminapi.jobs.CheckbackReport;
import io.reliablemessage.adminapi.jobs.CheckbackReportResult;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.platform.liveness.WorkerRegistry;
import io.reliablemessage.service.platform.openapi.Example;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.Role;
import io.reliablemessage.service.platform.web.Limits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(
        path = "/jobs/checkbacks",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "jobs")
class CheckbackController {

    private static final int MAX_LIMIT = 200;
    private static final int DEFAULT = 20;

    private static final String KIND = "checkback";

    private final CheckbackLeasing leasing;
    private final Checkbacks checkbacks;
    private final WorkerRegistry workers;

    CheckbackController(CheckbackLeasing leasing, Checkbacks checkbacks, WorkerRegistry workers) {
        this.leasing = leasing;
        this.checkbacks = checkbacks;
        this.workers = workers;
    }

    @PostMapping("/lease")
    @RolesAllowed(Role.Names.WORKER)
    @Operation(
            operationId = "leaseCheckbacks",
            summary =
                    "Leases finished, signed requests to producers that have not decided in time, one per application")
    @Example("""
            {"limit": 20}""")
    CheckbackLeases lease(@RequestBody CheckbackLeaseRequest request) {
        var limit = Limits.checked(request.limit(), DEFAULT, MAX_LIMIT);
        workers.seen(KIND);
        return workers.isPaused(KIND) ? new CheckbackLeases(List.of(), false) : leasing.lease(limit);
    }

    @PostMapping("/report")
    @RolesAllowed(Role.Names.WORKER)
    @Operation(
            operationId = "reportCheckback",
            summary = "Reports the response to a leased request; the service decides what it means",
            description =
                    "Safe to repeat. A report after the end of its lease changes no schedule, but its verdicts count.")
    @Example("""
            {"lease": "6c1f0f0e-6f0c-4f43-9d55-5d3c3f9be0f5", "status": 200, "body": "eyJkZWNpc2lvbnMiOltdfQ=="}""")
    CheckbackReportResult report(@RequestBody CheckbackReport report) {
        if ((report.status() == null) == (report.failure() == null)) {
            throw new Problem(INVALID_REQUEST, "A report has either a status or a failure.");
        }
        return checkbacks.report(Names.id("lease", report.lease()), report);
    }
}
