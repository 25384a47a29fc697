package io.reliablemessage.service.admin.search;

import io.reliablemessage.adminapi.message.MessageCount;
import io.reliablemessage.adminapi.message.MessageQuery;
import io.reliablemessage.adminapi.message.MessagesView;
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
@RequestMapping(path = "/admin/messages", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "admin")
class AdminSearchController {

    private final MessageSearch messages;

    AdminSearchController(MessageSearch messages) {
        this.messages = messages;
    }

    @GetMapping
    @MayRead
    @Operation(
            operationId = "search",
            summary = "Finds messages, newest first",
            description = "One call reads a bounded number of messages. A page may therefore be short, or empty, and"
                    + " still have a 'next': continue with it, or narrow the search by a key, a state or a time.")
    MessagesView search(
            @ParameterObject MessageQuery query,
            @Parameter(description = "'next' of the page before, of the same search")
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @Parameter(description = "1 to 200 messages, 50 if left out") @RequestParam(required = false) @Nullable
                    Integer limit) {
        return messages.find(SearchRules.search(query), cursor, QueryRules.limit(limit));
    }

    @GetMapping("/count")
    @MayRead
    @Operation(operationId = "count", summary = "Counts the messages that a search would find, up to 10,000")
    MessageCount count(@ParameterObject MessageQuery query) {
        return messages.count(SearchRules.search(query));
    }
}
