package io.reliablemessage.adminui.operations;

import io.reliablemessage.adminapi.operation.OperationItemsView;
import io.reliablemessage.adminapi.operation.OperationOutcome;
import io.reliablemessage.adminapi.operation.OperationState;
import io.reliablemessage.adminapi.operation.OperationView;
import io.reliablemessage.adminapi.operation.OperationsView;
import io.reliablemessage.adminui.api.AdminApi;
import io.reliablemessage.adminui.api.Parameters;
import io.reliablemessage.adminui.page.PageUrl;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class OperationsController {

    static final String COLLECTION = "operations";

    private static final int PAGE = 50;

    private final AdminApi api;

    OperationsController(AdminApi api) {
        this.api = api;
    }

    @GetMapping("/operations")
    String list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            @ModelAttribute("here") PageUrl here,
            Model model) {
        var asked = new Parameters().with("state", state).with("cursor", cursor).with("limit", PAGE);
        var found = api.get(OperationsView.class, asked, COLLECTION);
        model.addAttribute(
                "operations", found.items().stream().map(Progress::new).toList());
        model.addAttribute("states", OperationState.values());
        model.addAttribute("state", state == null ? "" : state);
        if (found.next() != null) {
            model.addAttribute("next", here.with("cursor", found.next()));
        }
        return "operations";
    }

    /** @param outcome shows the deliveries that this one of the numbers counts */
    @GetMapping("/operations/{id:[0-9a-f-]{36}}")
    String show(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String cursor,
            @ModelAttribute("here") PageUrl here,
            Model model) {
        model.addAttribute("progress", new Progress(api.get(OperationView.class, COLLECTION, id)));
        var asked =
                new Parameters().with("outcome", outcome).with("cursor", cursor).with("limit", PAGE);
        var items = api.get(OperationItemsView.class, asked, COLLECTION, id, "items");
        model.addAttribute("items", items.items());
        model.addAttribute("outcomes", OperationOutcome.values());
        model.addAttribute("outcome", outcome == null ? "" : outcome);
        if (items.next() != null) {
            model.addAttribute("next", here.with("cursor", items.next()));
        }
        return "operation";
    }
}
