package io.reliablemessage.adminui.audit;

import io.reliablemessage.adminapi.audit.AuditView;
import io.reliablemessage.adminui.api.AdminApi;
import io.reliablemessage.adminui.api.Parameters;
import io.reliablemessage.adminui.page.Format;
import io.reliablemessage.adminui.page.PageUrl;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class AuditController {

    /** The usual actions, as the service names them. */
    private static final List<String> ACTIONS = List.of(
            "RESEND",
            "DISCARD",
            "CONFIRM",
            "CANCEL",
            "CHECKBACK",
            "REVEAL",
            "NOTE",
            "START_RESEND",
            "START_DISCARD",
            "PAUSE_OPERATION",
            "RESUME_OPERATION",
            "CANCEL_OPERATION",
            "SET_OPERATION_RATE",
            "PAUSE",
            "RESUME",
            "OVERRIDE",
            "WORKER",
            "CREATE_APPLICATION",
            "MAKE_KEY",
            "EXPIRE_KEY",
            "BEGIN_EPOCH");

    private final AdminApi api;

    AuditController(AdminApi api) {
        this.api = api;
    }

    /** The filter; an absent part matches everything. */
    record Asked(
            @Nullable String actor,
            @Nullable String action,
            @Nullable String target,
            @Nullable String from,
            @Nullable String to) {}

    @GetMapping("/audit")
    String list(
            @ModelAttribute("asked") Asked asked,
            @RequestParam(required = false) @Nullable String cursor,
            @ModelAttribute("format") Format format,
            @ModelAttribute("here") PageUrl here,
            Model model) {
        var parameters = new Parameters()
                .with("actor", asked.actor)
                .with("action", asked.action)
                .with("target", asked.target)
                .with("from", format.parsedOrAsWritten(asked.from))
                .with("to", format.parsedOrAsWritten(asked.to))
                .with("cursor", cursor);
        var found = api.get(AuditView.class, parameters, "audit");
        model.addAttribute("actions", ACTIONS);
        model.addAttribute("entries", found.items());
        if (found.next() != null) {
            model.addAttribute("next", here.with("cursor", found.next()));
        }
        return "audit";
    }
}
