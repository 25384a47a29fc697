package io.reliablemessage.service.admin.audit;

import io.reliablemessage.adminapi.audit.AuditQuery;
import io.reliablemessage.adminapi.audit.AuditView;
import io.reliablemessage.service.admin.common.MayRead;
import io.reliablemessage.service.admin.common.QueryRules;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "admin")
class AdminAuditController {

    private final AuditList audit;

    AdminAuditController(AuditList audit) {
        this.audit = audit;
    }

    @GetMapping(path = "/admin/audit", produces = MediaType.APPLICATION_JSON_VALUE)
    @MayRead
    @Operation(
            operationId = "audit",
            summary = "Lists operators' actions and refused attempts, newest first",
            description = "Refused attempts are listed if their operator is known, 10 a second at most.")
    AuditView list(
            @ParameterObject AuditQuery query,
            @Parameter(description = "'next' of the page before, of the same list")
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @Parameter(description = "1 to 200 entries, 50 if left out") @RequestParam(required = false) @Nullable
                    Integer limit) {
        return audit.list(query, cursor, QueryRules.limit(limit));
    }
}
