package io.reliablemessage.adminui.causes;

import io.reliablemessage.adminapi.cause.CausesView;
import io.reliablemessage.adminapi.cause.NoteRequest;
import io.reliablemessage.adminapi.overview.Window;
import io.reliablemessage.adminui.api.AdminApi;
import io.reliablemessage.adminui.api.Parameters;
import io.reliablemessage.adminui.page.ActionRunner;
import io.reliablemessage.adminui.page.PageUrl;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

@Controller
class CausesController {

    private static final int PAGE = 30;

    private final AdminApi api;
    private final ActionRunner actions;

    CausesController(AdminApi api, ActionRunner actions) {
        this.api = api;
        this.actions = actions;
    }

    @GetMapping("/causes")
    String list(
            @RequestParam(required = false) @Nullable String window,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String subscription,
            @RequestParam(required = false) @Nullable String cursor,
            @ModelAttribute("here") PageUrl here,
            Model model) {
        var asked = new Parameters()
                .with("window", window)
                .with("state", state)
                .with("topic", topic)
                .with("subscription", subscription)
                .with("cursor", cursor)
                .with("limit", PAGE);
        var found = api.get(CausesView.class, asked, "causes");
        model.addAttribute("cards", found.items().stream().map(CauseCard::new).toList());
        model.addAttribute("bucket", found.bucket());
        model.addAttribute("window", window == null ? "" : window);
        model.addAttribute("state", state == null ? "" : state);
        model.addAttribute("windows", Window.values());
        model.addAttribute("topic", topic);
        model.addAttribute("subscription", subscription);
        if (found.next() != null) {
            model.addAttribute("next", here.with("cursor", found.next()));
        }
        return "causes";
    }

    @PostMapping("/causes/{id}/note")
    String note(@PathVariable String id, @RequestParam(defaultValue = "") String text, RedirectAttributes next) {
        actions.attempt(
                next, "done.note", () -> api.put(AdminApi.Nothing.class, new NoteRequest(text), "causes", id, "note"));
        return "redirect:/causes#c-" + UriUtils.encode(id, StandardCharsets.UTF_8);
    }
}
