package io.reliablemessage.service.message;

import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.TimelineView;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.Problems;
import io.reliablemessage.service.platform.security.Caller;
import io.reliablemessage.service.platform.security.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "messages")
class MessageController {

    private final MessageViewStore views;
    private final TimelineStore timelines;

    MessageController(MessageViewStore views, TimelineStore timelines) {
        this.views = views;
        this.timelines = timelines;
    }

    @GetMapping(value = "/messages/{id:" + MessageId.FORM + "}", produces = MediaType.APPLICATION_JSON_VALUE)
    @RolesAllowed({Role.Names.PRODUCER, Role.Names.CONSUMER})
    @Operation(
            operationId = "getMessage",
            summary = "Shows a message",
            description = "To its producer with all deliveries, to a consumer with its own.")
    MessageView get(@PathVariable MessageId id, Caller caller) {
        return views.find(id, caller.application()).orElseThrow(() -> Problems.notFound(id));
    }

    @GetMapping(value = "/messages/{id:" + MessageId.FORM + "}/timeline", produces = MediaType.APPLICATION_JSON_VALUE)
    @RolesAllowed({Role.Names.PRODUCER, Role.Names.CONSUMER})
    @Operation(
            operationId = "getTimeline",
            summary = "Shows the timeline of a message",
            description =
                    "Oldest first. To its producer with all entries, to a consumer with those of its own deliveries.")
    TimelineView timeline(@PathVariable MessageId id, Caller caller) {
        var entries = timelines.find(id, caller.application());
        if (entries.isEmpty()) {
            throw Problems.notFound(id);
        }
        return new TimelineView(entries);
    }
}
