package io.reliablemessage.adminui.registry;

import io.reliablemessage.adminapi.message.ActionRequest;
import io.reliablemessage.adminapi.registry.OverrideRequest;
import io.reliablemessage.adminui.api.AdminApi;
import io.reliablemessage.adminui.page.ActionRunner;
import io.reliablemessage.adminui.page.Durations;
import io.reliablemessage.adminui.page.PageUrl;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@RequestMapping("/subscriptions/{name}")
class SubscriptionActionController {

    private final AdminApi api;
    private final ActionRunner actions;

    SubscriptionActionController(AdminApi api, ActionRunner actions) {
        this.api = api;
        this.actions = actions;
    }

    @PostMapping("/{action:pause|resume}")
    String carryOut(
            @PathVariable String name,
            @PathVariable String action,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        actions.attempt(
                next,
                "done.subscription." + action,
                () -> api.post(AdminApi.Nothing.class, new ActionRequest(null, reason), "subscriptions", name, action));
        return page(name);
    }

    @PostMapping("/override")
    String override(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String schedule,
            @RequestParam(required = false) @Nullable Integer maxAttempts,
            @RequestParam(required = false) @Nullable Integer ratePerSecond,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        try {
            var request = new OverrideRequest(waits(schedule), maxAttempts, ratePerSecond, reason);
            actions.attempt(
                    next,
                    "done.subscription.override",
                    () -> api.put(AdminApi.Nothing.class, request, "subscriptions", name, "override"));
        } catch (NoSuchElementException unreadable) {
            next.addFlashAttribute("notice", new ActionRunner.Notice(false, "override.unreadable", schedule));
        }
        return page(name);
    }

    /** Reads waits such as {@code 30s, 5m, 1h}. Null: none are given, so the application's are in force. */
    static @Nullable List<Duration> waits(String schedule) {
        var waits = Arrays.stream(schedule.split("[,\\s]+", -1))
                .filter(wait -> !wait.isBlank())
                .map(wait -> Durations.parse(wait).orElseThrow())
                .toList();
        return waits.isEmpty() ? null : waits;
    }

    private static String page(String name) {
        return "redirect:" + PageUrl.of("/subscriptions").with("name", name);
    }
}
