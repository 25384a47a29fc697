package io.reliablemessage.service.admin.operation;

import io.reliablemessage.adminapi.operation.OperationItemsView;
import io.reliablemessage.adminapi.operation.OperationOutcome;
import io.reliablemessage.adminapi.operation.OperationState;
import io.reliablemessage.adminapi.operation.OperationView;
import io.reliablemessage.adminapi.operation.OperationsView;
import io.reliablemessage.service.admin.common.MayRead;
import io.reliablemessage.service.admin.common.QueryRules;
import io.reliablemessage.service.model.MessageId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/admin/operations", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "admin")
class AdminOperationListController {

    private static final String ONE = "/{id:" + MessageId.FORM + "}";

    private final Operations operations;
    private final OperationLists lists;

    AdminOperationListController(Operations operations, OperationLists lists) {
        this.operations = operations;
        this.lists = lists;
    }

    @GetMapping
    @MayRead
    @Operation(operationId = "listOperations", summary = "Lists operations, newest first")
    OperationsView list(
            @RequestParam(required = false) @Nullable OperationState state,
            @Parameter(description = "'next' of the page before, of the same list")
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @Parameter(description = "1 to 200 operations, 50 if left out") @RequestParam(required = false) @Nullable
                    Integer limit) {
        return lists.operations(state, cursor, QueryRules.limit(limit));
    }

    @GetMapping(ONE)
    @MayRead
    @Operation(operationId = "lookAtOperation", summary = "Shows the progress of an operation")
    OperationView get(@PathVariable UUID id) {
        return operations.find(id);
    }

    @GetMapping(ONE + "/items")
    @MayRead
    @Operation(
            operationId = "listOperationItems",
            summary = "Lists an operation's deliveries with their outcomes, oldest message first")
    OperationItemsView items(
            @PathVariable UUID id,
            @Parameter(description = "only the deliveries that this one of the operation's numbers counts")
                    @RequestParam(required = false)
                    @Nullable
                    OperationOutcome outcome,
            @Parameter(description = "'next' of the page before, of the same list")
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @Parameter(description = "1 to 200 items, 50 if left out") @RequestParam(required = false) @Nullable
                    Integer limit) {
        operations.find(id);
        return lists.items(id, outcome, cursor, QueryRules.limit(limit));
    }
}
