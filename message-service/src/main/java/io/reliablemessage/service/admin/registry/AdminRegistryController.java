package io.reliablemessage.service.admin.registry;

import io.reliablemessage.adminapi.registry.ApplicationsView;
import io.reliablemessage.adminapi.registry.SubscriptionQuery;
import io.reliablemessage.adminapi.registry.SubscriptionsView;
import io.reliablemessage.adminapi.registry.TopicsView;
import io.reliablemessage.service.admin.common.MayRead;
import io.reliablemessage.service.admin.common.QueryRules;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/admin", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "admin")
class AdminRegistryController {

    private static final String CURSOR = "'next' of the page before, of the same list";
    private static final String LIMIT = "1 to 200, 50 if left out";

    private final RegistryPages registry;

    AdminRegistryController(RegistryPages registry) {
        this.registry = registry;
    }

    @GetMapping("/topics")
    @MayRead
    @Operation(operationId = "listTopics", summary = "Lists topics with their subscriptions and failed deliveries")
    TopicsView topics(
            @Parameter(description = CURSOR) @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = LIMIT) @RequestParam(required = false) @Nullable Integer limit) {
        return registry.topics(cursor, QueryRules.limit(limit));
    }

    @GetMapping("/subscriptions")
    @MayRead
    @Operation(
            operationId = "listSubscriptions",
            summary = "Lists subscriptions with the policy in force and their backlogs")
    SubscriptionsView subscriptions(
            @ParameterObject SubscriptionQuery query,
            @Parameter(description = CURSOR) @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = LIMIT) @RequestParam(required = false) @Nullable Integer limit) {
        return registry.subscriptions(query, cursor, QueryRules.limit(limit));
    }

    @GetMapping("/applications")
    @MayRead
    @Operation(
            operationId = "listApplications",
            summary = "Lists applications with their check-back results, undecided messages and keys")
    ApplicationsView applications(
            @Parameter(description = CURSOR) @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = LIMIT) @RequestParam(required = false) @Nullable Integer limit) {
        return registry.applications(cursor, QueryRules.limit(limit));
    }
}
