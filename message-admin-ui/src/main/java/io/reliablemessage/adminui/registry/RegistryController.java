package io.reliablemessage.adminui.registry;

import io.reliablemessage.adminapi.registry.SubscriptionsView;
import io.reliablemessage.adminapi.registry.TopicsView;
import io.reliablemessage.adminui.api.AdminApi;
import io.reliablemessage.adminui.api.Parameters;
import io.reliablemessage.adminui.page.PageUrl;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class RegistryController {

    private final AdminApi api;

    RegistryController(AdminApi api) {
        this.api = api;
    }

    @GetMapping("/topics")
    String topics(
            @RequestParam(required = false) @Nullable String cursor,
            @ModelAttribute("here") PageUrl here,
            Model model) {
        var topics = api.get(TopicsView.class, new Parameters().with("cursor", cursor), "topics");
        model.addAttribute("topics", topics.items());
        if (topics.next() != null) {
            model.addAttribute("next", here.with("cursor", topics.next()));
        }
        return "topics";
    }

    @GetMapping("/subscriptions")
    String subscriptions(
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String application,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String cursor,
            @ModelAttribute("here") PageUrl here,
            Model model) {
        var asked = new Parameters()
                .with("topic", topic)
                .with("application", application)
                .with("name", name)
                .with("cursor", cursor);
        var found = api.get(SubscriptionsView.class, asked, "subscriptions");
        model.addAttribute(
                "subscriptions", found.items().stream().map(ScheduleChart::new).toList());
        model.addAttribute("topic", topic);
        model.addAttribute("consumer", application); // the template's own "application" is another thing
        model.addAttribute("name", name);
        if (found.next() != null) {
            model.addAttribute("next", here.with("cursor", found.next()));
        }
        return "subscriptions";
    }
}
