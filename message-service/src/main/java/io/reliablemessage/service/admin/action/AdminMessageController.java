package io.reliablemessage.service.admin.action;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;

import io.reliablemessage.adminapi.message.ActionRequest;
import io.reliablemessage.adminapi.message.DecideRequest;
import io.reliablemessage.adminapi.message.DeliveriesView;
import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.TimelineView;
import io.reliablemessage.service.admin.audit.AuditReasons;
import io.reliablemessage.service.admin.audit.AuditedAs;
import io.reliablemessage.service.admin.common.MayLead;
import io.reliablemessage.service.admin.common.MayOperate;
import io.reliablemessage.service.admin.common.MayRead;
import io.reliablemessage.service.message.MessageViewStore;
import io.reliablemessage.service.message.TimelineStore;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.MessageTransition;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.model.Problems;
import io.reliablemessage.service.platform.openapi.Example;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/admin/messages/{id:" + MessageId.FORM + "}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "admin")
class AdminMessageController {

    private static final String JSON = MediaType.APPLICATION_JSON_VALUE;

    private final MessageViewStore views;
    private final TimelineStore timelines;
    private final MessageActions actions;

    AdminMessageController(MessageViewStore views, TimelineStore timelines, MessageActions actions) {
        this.views = views;
        this.timelines = timelines;
        this.actions = actions;
    }

    @GetMapping
    @MayRead
    @Operation(operationId = "lookAtMessage", summary = "Shows any message, without its payload")
    MessageView get(@PathVariable MessageId id) {
        return views.find(id, null).orElseThrow(() -> Problems.notFound(id));
    }

    @GetMapping("/timeline")
    @MayRead
    @Operation(operationId = "lookAtTimeline", summary = "Shows the timeline of any message")
    TimelineView timeline(@PathVariable MessageId id) {
        var entries = timelines.find(id, null);
        if (entries.isEmpty()) {
            throw Problems.notFound(id);
        }
        return new TimelineView(entries);
    }

    @PostMapping(path = "/resend", consumes = JSON)
    @MayOperate
    @Operation(
            operationId = "resend",
            summary = "Resends dead and rejected deliveries, with a new schedule",
            description = "They are due at once and sent within a second.")
    @Example("""
            {"subscription": "points", "reason": "the consumer is mended"}""")
    DeliveriesView resend(@PathVariable MessageId id, @RequestBody ActionRequest request, Caller caller) {
        return new DeliveriesView(
                actions.resend(id, subscriptionOf(request), AuditReasons.action(caller, request.reason())));
    }

    @PostMapping(path = "/discard", consumes = JSON)
    @MayLead
    @Operation(operationId = "discard", summary = "Ends deliveries that are not consumed")
    @Example("""
            {"subscription": "points", "reason": "booked by hand"}""")
    DeliveriesView discard(@PathVariable MessageId id, @RequestBody ActionRequest request, Caller caller) {
        return new DeliveriesView(
                actions.discard(id, subscriptionOf(request), AuditReasons.action(caller, request.reason())));
    }

    /** Null: all. An empty name is none, and must not become all. */
    private static @Nullable String subscriptionOf(ActionRequest request) {
        return request.subscription() == null ? null : Names.checked("subscription", request.subscription());
    }

    @PostMapping(path = "/decide", consumes = JSON)
    @MayLead
    @Operation(
            operationId = "decide",
            summary = "Decides a suspect message in place of its producer",
            description = "Ask the producer's team first: a message whose transaction committed must be confirmed.")
    @Example("""
            {"decision": "CANCEL", "reason": "the order was never stored"}""")
    MessageStatus decide(@PathVariable MessageId id, @RequestBody DecideRequest request, Caller caller) {
        if (request.decision() == null) {
            throw new Problem(INVALID_REQUEST, "decision is CONFIRM or CANCEL.");
        }
        var step = switch (request.decision()) {
            case CONFIRM -> MessageTransition.CONFIRM;
            case CANCEL -> MessageTransition.CANCEL;
        };
        return actions.decide(id, step, AuditReasons.action(caller, request.reason()));
    }

    @PostMapping(path = "/checkback", consumes = JSON)
    @AuditedAs("CHECKBACK")
    @MayOperate
    @Operation(operationId = "wantCheckback", summary = "Makes the check-back of a message due now")
    @Example("""
            {"reason": "the producer is back"}""")
    MessageStatus checkback(@PathVariable MessageId id, @RequestBody ActionRequest request, Caller caller) {
        return actions.ask(id, AuditReasons.action(caller, request.reason()));
    }
}
