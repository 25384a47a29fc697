package io.reliablemessage.adminui.messages;

import io.reliablemessage.adminapi.message.ActionRequest;
import io.reliablemessage.adminapi.message.ContentView;
import io.reliablemessage.adminapi.message.DecideRequest;
import io.reliablemessage.adminapi.message.DeliveriesView;
import io.reliablemessage.adminui.api.AdminApi;
import io.reliablemessage.adminui.api.Operator;
import io.reliablemessage.adminui.page.ActionRunner;
import io.reliablemessage.adminui.page.Format;
import io.reliablemessage.adminui.page.Unreadable;
import io.reliablemessage.api.MessageStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@RequestMapping("/messages/{id:[0-9a-f-]{36}}")
class MessageController {

    private static final Set<String> FORMS = Set.of("tree", "text", "hex");

    /** As the form names all subscriptions; none can have this name. */
    private static final String ALL = "*";

    private final Messages messages;
    private final AdminApi api;
    private final ActionRunner actions;

    MessageController(Messages messages, AdminApi api, ActionRunner actions) {
        this.messages = messages;
        this.api = api;
        this.actions = actions;
    }

    /** @param payload the form to show; without it the payload is not shown */
    @GetMapping
    String show(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String payload,
            @ModelAttribute("operator") Operator operator,
            @ModelAttribute("format") Format format,
            Model model) {
        var message = messages.get(id);
        model.addAttribute("row", new Row(message));
        model.addAttribute("message", message);
        model.addAttribute("status", new StatusSentence(message, format));
        model.addAttribute("timeline", MessageTimeline.of(message, messages.timeline(id)));
        model.addAttribute("actions", new AvailableActions(message));
        model.addAttribute("curl", api.curl("GET", Messages.COLLECTION, id));
        if (payload != null && operator.isLead()) {
            var content = Payload.of(content(id));
            model.addAttribute("payload", content);
            model.addAttribute("form", FORMS.contains(payload) ? payload : content.usualForm());
        }
        return "message";
    }

    @GetMapping("/payload")
    ResponseEntity<byte[]> payload(@PathVariable String id) {
        var name = ContentDisposition.attachment().filename("payload-" + id + ".bin");
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, name.build().toString())
                .body(Payload.bytes(content(id)));
    }

    @PostMapping("/{action:resend|discard}")
    String carryOut(
            @PathVariable String id,
            @PathVariable String action,
            @RequestParam(required = false) @Nullable String subscription,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        var request = new ActionRequest(chosen(subscription), reason);
        actions.attempt(
                next,
                "done." + action,
                () -> api.post(DeliveriesView.class, request, Messages.COLLECTION, id, action)
                        .items()
                        .size());
        return page(id);
    }

    /** Null: all. A name that is missing or empty is none, and must not become all. */
    private static @Nullable String chosen(@Nullable String subscription) {
        if (subscription == null || subscription.isEmpty()) {
            throw Unreadable.blank("subscription");
        }
        return ALL.equals(subscription) ? null : subscription;
    }

    @PostMapping("/checkback")
    String checkback(@PathVariable String id, @RequestParam(defaultValue = "") String reason, RedirectAttributes next) {
        actions.attempt(
                next,
                "done.checkback",
                () -> api.post(
                                MessageStatus.class,
                                new ActionRequest(null, reason),
                                Messages.COLLECTION,
                                id,
                                "checkback")
                        .state());
        return page(id);
    }

    @PostMapping("/decide")
    String decide(
            @PathVariable String id,
            @RequestParam(required = false) DecideRequest.@Nullable Verdict decision,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        actions.attempt(
                next,
                "done.decide",
                () -> api.post(
                                MessageStatus.class,
                                new DecideRequest(decision, reason),
                                Messages.COLLECTION,
                                id,
                                "decide")
                        .state());
        return page(id);
    }

    private ContentView content(String id) {
        return api.get(ContentView.class, Messages.COLLECTION, id, "content");
    }

    private static String page(String id) {
        return "redirect:/messages/" + id;
    }
}
