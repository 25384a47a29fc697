package io.reliablemessage.service.admin.cause;

import io.reliablemessage.adminapi.cause.CauseQuery;
import io.reliablemessage.adminapi.cause.CauseTrendView;
import io.reliablemessage.adminapi.cause.CausesView;
import io.reliablemessage.adminapi.cause.NoteRequest;
import io.reliablemessage.service.admin.audit.AuditReasons;
import io.reliablemessage.service.admin.audit.OperatorAction;
import io.reliablemessage.service.admin.common.MayOperate;
import io.reliablemessage.service.admin.common.MayRead;
import io.reliablemessage.service.admin.common.QueryRules;
import io.reliablemessage.service.platform.openapi.Example;
import io.reliablemessage.service.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/admin/causes", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "admin")
class AdminCauseController {

    private final Causes causes;

    AdminCauseController(Causes causes) {
        this.causes = causes;
    }

    @GetMapping
    @MayRead
    @Operation(
            operationId = "listCauses",
            summary = "Lists why deliveries die or are rejected, with counts",
            description =
                    "Counts are kept up to date, so a page costs the same however many deliveries died. A subscription has at most"
                            + " about 200 causes; all others are counted together.")
    CausesView list(
            @ParameterObject CauseQuery query,
            @Parameter(description = "'next' of the page before, of the same list")
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @Parameter(description = "1 to 200 causes, 50 if left out") @RequestParam(required = false) @Nullable
                    Integer limit) {
        return causes.list(query, cursor, QueryRules.limit(limit));
    }

    @GetMapping("/trend")
    @MayRead
    @Operation(
            operationId = "causeTrend",
            summary = "Counts deaths and rejections over time, by cause, for a chart",
            description =
                    "Over seven days if no window is given. Counts every failure in the window, also of deliveries resent since.")
    CauseTrendView trend(@ParameterObject CauseQuery query) {
        return causes.trend(query);
    }

    @PutMapping(path = "/{id}/note", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @MayOperate
    @Operation(operationId = "note", summary = "Replaces the note on a cause")
    @Example("""
            {"text": "the consumer's database is full, being mended"}""")
    void note(@PathVariable UUID id, @RequestBody NoteRequest request, Caller caller) {
        var text = request.text();
        if (text == null || text.isBlank()) {
            causes.note(id, null, new OperatorAction(caller.actor(), "note removed"));
        } else {
            var action = AuditReasons.action(caller, "text", text);
            causes.note(id, action.reason(), action);
        }
    }
}
