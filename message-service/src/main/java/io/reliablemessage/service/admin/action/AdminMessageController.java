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
import io.reliablemessage.service.model.Problems;
import io.reliablemessage.service.platform.openapi.Example;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
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
    private final MessageActions acts;

    AdminMessageController(MessageViewStore views, TimelineStore timelines, MessageActions acts) {
        this.views = views;
        this.timelines = timelines;
        this.acts = acts;
    }

    @GetMapping
    @MayRead
    @Operation(operationId = "lookAtMessage", summary = "Shows any message, without its payload")
    MessageView get(@PathVariable MessageId id) {
        return views.find(id, null).orElseThrow(() -> Problems.notFound(id));
    }

    @GetMapping("/timeline")
    @MayRead
    @Operation(operationId = "lookAtTimeline", summary = "Tells what became of any message")
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
            summary = "Has dead and rejected deliveries sent again, with a whole schedule",
            description = "Due at once, so they leave within a second.")
    @Example("""
            {"subscription": "points", "reason": "the consumer is mended"}""")
    DeliveriesView resend(@PathVariable MessageId id, @RequestBody ActionRequest request, Caller caller) {
        return new DeliveriesView(acts.resend(id, request.subscription(), AuditReasons.act(caller, request.reason())));
    }

    @PostMapping(path = "/discard", consumes = JSON)
    @MayLead
    @Operation(operationId = "discard", summary = "Ends deliveries that are not consumed")
    @Example("""
            {"subscription": "points", "reason": "booked by hand"}""")
    DeliveriesView discard(@PathVariable MessageId id, @RequestBody ActionRequest request, Caller caller) {
        return new DeliveriesView(acts.discard(id, request.subscription(), AuditReasons.act(caller, request.reason())));
    }

    @PostMapping(path = "/decide", consumes = JSON)
    @MayLead
    @Operation(
            operationId = "decide",
            summary = "Decides about a suspect message in its producer's place",
            description = "Ask the producer's people first: what they committed must be confirmed.")
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
        return acts.decide(id, step, AuditReasons.act(caller, request.reason()));
    }

    @PostMapping(path = "/checkback", consumes = JSON)
    @AuditedAs("CHECKBACK")
    @MayOperate
    @Operation(operationId = "wantCheckback", summary = "Makes the check-back of a message due now")
    @Example("""
            {"reason": "the producer is back"}""")
    MessageStatus checkback(@PathVariable MessageId id, @RequestBody ActionRequest request, Caller caller) {
        return acts.ask(id, AuditReasons.act(caller, request.reason()));
    }
}
