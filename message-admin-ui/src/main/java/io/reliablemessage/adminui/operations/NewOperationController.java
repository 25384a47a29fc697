package io.reliablemessage.adminui.operations;

import io.reliablemessage.adminapi.operation.OperationAction;
import io.reliablemessage.adminapi.operation.OperationPreview;
import io.reliablemessage.adminapi.operation.OperationPreviewRequest;
import io.reliablemessage.adminapi.operation.OperationRequest;
import io.reliablemessage.adminapi.operation.OperationView;
import io.reliablemessage.adminui.api.AdminApi;
import io.reliablemessage.adminui.messages.Filter;
import io.reliablemessage.adminui.page.ActionRunner;
import io.reliablemessage.adminui.page.Format;
import io.reliablemessage.adminui.page.PageUrl;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Previews and starts bulk operations. */
@Controller
class NewOperationController {

    /** Above this, the operator types the count, so that nobody starts an operation unread. */
    private static final int MAX_UNTYPED = 1_000;

    private final AdminApi api;
    private final ActionRunner actions;

    NewOperationController(AdminApi api, ActionRunner actions) {
        this.api = api;
        this.actions = actions;
    }

    /**
     * The settings of the new operation.
     *
     * @param id created with the form, so that repeated posts start one operation
     * @param expected the count of the preview
     * @param fingerprint of the deliveries in the preview
     * @param typed the same, typed by the operator
     */
    record Plan(
            @Nullable OperationAction action,
            @Nullable String id,
            @Nullable Integer expected,
            @Nullable String fingerprint,
            @Nullable String typed,
            @Nullable Integer ratePerSecond,
            @Nullable Integer canary,
            @Nullable String reason,
            @Nullable String runAgain) {

        boolean isAgain() {
            return Filter.isTicked("runAgain", runAgain);
        }

        boolean isTyped() {
            return expected != null
                    && (expected <= MAX_UNTYPED
                            || typed != null && typed.replaceAll("\\D", "").equals(Integer.toString(expected)));
        }
    }

    @GetMapping("/operations/new")
    String preview(
            @ModelAttribute("filter") Filter filter,
            @ModelAttribute("plan") Plan plan,
            @ModelAttribute("format") Format format,
            @ModelAttribute("here") PageUrl here,
            Model model) {
        var action = plan.action == null ? OperationAction.RESEND : plan.action;
        var request = new OperationPreviewRequest(action, filter.toQuery(format), plan.isAgain());
        var preview = api.post(OperationPreview.class, request, "operations", "preview");
        model.addAttribute("action", action);
        model.addAttribute("preview", preview);
        model.addAttribute("since", filter.since(format));
        model.addAttribute("chips", filter.chips(here));
        model.addAttribute("isAgain", plan.isAgain());
        model.addAttribute("mustType", preview.matched() > MAX_UNTYPED);
        model.addAttribute("newId", UUID.randomUUID().toString());
        return "new-operation";
    }

    @PostMapping("/operations")
    String start(
            @ModelAttribute("filter") Filter filter,
            @ModelAttribute("plan") Plan plan,
            @ModelAttribute("format") Format format,
            @ModelAttribute("here") PageUrl here,
            RedirectAttributes next) {
        var again = "redirect:"
                + here.at("/operations/new")
                        .without(
                                "id", "expected", "fingerprint", "typed", "ratePerSecond", "canary", "reason", "_csrf");
        var query = filter.toQuery(format);
        var isAgain = plan.isAgain();
        if (!plan.isTyped()) {
            next.addFlashAttribute("notice", new ActionRunner.Notice(false, "operation.notTyped", ""));
            return again;
        }
        var request = new OperationRequest(
                plan.id,
                plan.action,
                query,
                plan.expected,
                plan.fingerprint,
                plan.ratePerSecond,
                plan.canary,
                plan.reason,
                isAgain);
        return actions.attempt(
                        next,
                        "done.operation",
                        () -> api.post(OperationView.class, request, "operations"),
                        OperationView::matched)
                .map(started -> "redirect:/operations/" + started.id())
                .orElse(again);
    }
}
