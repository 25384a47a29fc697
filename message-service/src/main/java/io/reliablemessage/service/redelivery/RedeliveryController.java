package io.reliablemessage.service.redelivery;

import io.reliablemessage.adminapi.jobs.RedeliveryReport;
import io.reliablemessage.adminapi.jobs.RedeliveryRequest;
import io.reliablemessage.service.platform.liveness.WorkerRegistry;
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
class RedeliveryController {

    private static final int MAX_LIMIT = 5000;
    private static final int DEFAULT = 500;

    private final Redelivery redelivery;
    private final WorkerRegistry workers;

    RedeliveryController(Redelivery redelivery, WorkerRegistry workers) {
        this.redelivery = redelivery;
        this.workers = workers;
    }

    @PostMapping(
            value = "/jobs/redeliveries",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @RolesAllowed(Role.Names.WORKER)
    @Operation(
            operationId = "redeliver",
            summary = "Processes due deliveries: sends them again, or gives them up after their last attempt")
    @Example("""
            {"limit": 500}""")
    RedeliveryReport redeliver(@RequestBody RedeliveryRequest request) {
        var limit = Limits.checked(request.limit(), DEFAULT, MAX_LIMIT);
        workers.seen(Redelivery.KIND);
        return redelivery.run(limit);
    }
}
