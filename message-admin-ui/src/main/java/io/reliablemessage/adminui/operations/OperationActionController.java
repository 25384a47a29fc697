package io.reliablemessage.adminui.operations;

import io.reliablemessage.adminapi.message.ReasonRequest;
import io.reliablemessage.adminapi.operation.OperationRateRequest;
import io.reliablemessage.adminapi.operation.OperationRetryRequest;
import io.reliablemessage.adminapi.operation.OperationView;
import io.reliablemessage.adminui.api.AdminApi;
import io.reliablemessage.adminui.page.ActionRunner;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@RequestMapping("/operations/{id:[0-9a-f-]{36}}")
class OperationActionController {

    private static final String PAGE = "redirect:/operations/";

    private final AdminApi api;
    private final ActionRunner actions;

    OperationActionController(AdminApi api, ActionRunner actions) {
        this.api = api;
        this.actions = actions;
    }

    @PostMapping("/{action:pause|resume|cancel}")
    String carryOut(
            @PathVariable String id,
            @PathVariable String action,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        actions.attempt(
                next,
                "done.operation." + action,
                () -> api.post(
                                OperationView.class,
                                new ReasonRequest(reason),
                                OperationsController.COLLECTION,
                                id,
                                action)
                        .state());
        return PAGE + id;
    }

    @PostMapping("/rate")
    String rate(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer ratePerSecond,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        var request = new OperationRateRequest(ratePerSecond, reason);
        actions.attempt(
                next,
                "done.operation.rate",
                () -> api.put(OperationView.class, request, OperationsController.COLLECTION, id, "rate")
                        .state());
        return PAGE + id;
    }

    /** Starts a new operation on the failed deliveries of this one. */
    @PostMapping("/retry")
    String retry(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer ratePerSecond,
            @RequestParam(required = false) @Nullable Integer canary,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        var request = new OperationRetryRequest(ratePerSecond, canary, reason);
        var started = actions.attempt(
                next,
                "done.operation",
                () -> api.post(OperationView.class, request, OperationsController.COLLECTION, id, "retry"),
                OperationView::matched);
        return PAGE + started.map(OperationView::id).orElse(id);
    }
}
