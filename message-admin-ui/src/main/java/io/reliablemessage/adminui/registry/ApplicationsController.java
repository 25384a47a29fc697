package io.reliablemessage.adminui.registry;

import io.reliablemessage.adminapi.message.ActionRequest;
import io.reliablemessage.adminapi.message.ReasonRequest;
import io.reliablemessage.adminapi.registry.ApplicationsView;
import io.reliablemessage.adminapi.registry.CheckbackRequestResult;
import io.reliablemessage.adminapi.registry.KeyRequest;
import io.reliablemessage.adminapi.registry.KeyView;
import io.reliablemessage.adminui.api.AdminApi;
import io.reliablemessage.adminui.api.Parameters;
import io.reliablemessage.adminui.page.ActionRunner;
import io.reliablemessage.adminui.page.Format;
import io.reliablemessage.adminui.page.PageUrl;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
class ApplicationsController {

    private static final List<String> ROLES =
            List.of("producer", "consumer", "worker", "viewer", "operator", "lead", "admin", "console");

    private final AdminApi api;
    private final ActionRunner actions;

    ApplicationsController(AdminApi api, ActionRunner actions) {
        this.api = api;
        this.actions = actions;
    }

    @GetMapping("/applications")
    String list(
            @RequestParam(required = false) @Nullable String cursor,
            @ModelAttribute("here") PageUrl here,
            Model model) {
        var found = api.get(ApplicationsView.class, new Parameters().with("cursor", cursor), "applications");
        model.addAttribute("applications", found.items());
        model.addAttribute("roles", ROLES);
        if (found.next() != null) {
            model.addAttribute("next", here.with("cursor", found.next()));
        }
        return "applications";
    }

    /** Safe to repeat: an application that is there stays as it is. */
    @PostMapping("/applications")
    String create(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        var application = name.strip();
        if (application.isEmpty()) {
            next.addFlashAttribute("notice", new ActionRunner.Notice(false, "application.unnamed", ""));
            return "redirect:/applications";
        }
        actions.attempt(next, "done.application", () -> {
            api.put(AdminApi.Nothing.class, new ActionRequest(null, reason), "applications", application);
            return application;
        });
        return card(application);
    }

    /** Also ends the application's back-off. */
    @PostMapping("/applications/{name}/checkbacks")
    String check(@PathVariable String name, @RequestParam(defaultValue = "") String reason, RedirectAttributes next) {
        var request = new ReasonRequest(reason);
        actions.attempt(
                next,
                "done.check",
                () -> api.post(CheckbackRequestResult.class, request, "applications", name, "checkbacks"),
                CheckbackRequestResult::due);
        return card(name);
    }

    /** The key itself is on the next page and nowhere else. */
    @PostMapping("/applications/{name}/keys")
    String make(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable List<String> roles,
            @RequestParam(required = false) @Nullable String expiresAt,
            @RequestParam(defaultValue = "") String reason,
            @ModelAttribute("format") Format format,
            RedirectAttributes next) {
        var expires = format.parse(expiresAt);
        if (expires == null && expiresAt != null && !expiresAt.isBlank()) {
            next.addFlashAttribute("notice", new ActionRunner.Notice(false, "key.unreadable", expiresAt));
            return "redirect:/applications"; // without a time of expiry it would be a key for ever
        }
        var request = new KeyRequest(roles, expires, reason);
        actions.attempt(next, "done.key", () -> {
            next.addFlashAttribute("made", api.post(KeyView.class, request, "applications", name, "keys"));
            return name;
        });
        return "redirect:/applications";
    }

    @PostMapping("/keys/{prefix}/expire")
    String expire(
            @PathVariable String prefix, @RequestParam(defaultValue = "") String reason, RedirectAttributes next) {
        actions.attempt(next, "done.expire", () -> {
            api.post(AdminApi.Nothing.class, new ActionRequest(null, reason), "keys", prefix, "expire");
            return prefix;
        });
        return "redirect:/applications";
    }

    private static String card(String application) {
        return "redirect:/applications#a-" + UriUtils.encode(application, StandardCharsets.UTF_8);
    }
}
