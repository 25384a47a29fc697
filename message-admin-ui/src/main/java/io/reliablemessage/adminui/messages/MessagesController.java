package io.reliablemessage.adminui.messages;

import io.reliablemessage.adminapi.message.MessagesView;
import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.adminui.api.Parameters;
import io.reliablemessage.adminui.page.Format;
import io.reliablemessage.adminui.page.PageUrl;
import io.reliablemessage.api.MessageView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class MessagesController {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int PAGE = 50;

    private final Messages messages;

    MessagesController(Messages messages) {
        this.messages = messages;
    }

    @GetMapping("/messages")
    String list(
            @ModelAttribute("filter") Filter filter,
            @RequestParam(required = false) @Nullable String cursor,
            @ModelAttribute("format") Format format,
            @ModelAttribute("here") PageUrl here,
            Model model) {
        var found = messages.find(filter.toParameters(format), cursor, PAGE);
        show(model, found, filter, format, here);
        model.addAttribute("windows", Filter.WINDOWS);
        model.addAttribute("states", SearchState.values());
        model.addAttribute("isFirst", cursor == null || cursor.isEmpty());
        return "messages";
    }

    /** Lists overdue half messages. */
    @GetMapping("/undecided")
    String undecided(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String producer,
            @RequestParam(required = false) @Nullable String suspect,
            @ModelAttribute("format") Format format,
            @ModelAttribute("here") PageUrl here,
            Model model) {
        var isSuspectOnly = Filter.isTicked("suspect", suspect);
        var filter = Filter.undecided(producer, isSuspectOnly);
        var found = messages.find(filter.toParameters(format), cursor, PAGE);
        show(model, found, filter, format, here);
        model.addAttribute("answers", found.items().isEmpty() ? Map.of() : messages.answers());
        model.addAttribute("isSuspectOnly", isSuspectOnly);
        return "undecided";
    }

    private void show(Model model, MessagesView found, Filter filter, Format format, PageUrl here) {
        model.addAttribute("filter", filter);
        model.addAttribute("rows", Row.of(found.items()));
        model.addAttribute("lookedBackTo", found.lookedBackTo());
        model.addAttribute("chips", filter.chips(here));
        if (found.next() != null) {
            // The service takes a cursor for the very search it came from: "the last hour" must stay that hour.
            var since = filter.since(format);
            var same = since == null ? here : here.without("window").with("from", since);
            model.addAttribute("next", same.with("cursor", found.next()));
        }
    }

    /** Counts a list in a request of its own, since counting takes longer than listing. */
    @GetMapping("/messages/count")
    String count(@ModelAttribute("filter") Filter filter, @ModelAttribute("format") Format format, Model model) {
        model.addAttribute("count", messages.count(filter.toParameters(format)));
        return "parts :: count";
    }

    /** Counts messages that came since a list was shown; the rows do not move by themselves. */
    @GetMapping("/messages/newer")
    String newer(
            @ModelAttribute("filter") Filter filter,
            @RequestParam String since,
            @ModelAttribute("format") Format format,
            @ModelAttribute("here") PageUrl here,
            Model model) {
        model.addAttribute(
                "newer", messages.count(filter.toParameters(format).with("from", format.parsedOrAsWritten(since))));
        model.addAttribute("all", here.at("/messages").without("since", "cursor"));
        return "parts :: newer";
    }

    /** The counts in the navigation. */
    @GetMapping("/badges")
    String badges(Model model) {
        model.addAttribute("dead", messages.count(new Parameters().with("state", SearchState.DEAD)));
        model.addAttribute("suspects", messages.count(new Parameters().with("suspect", true)));
        return "parts :: badges";
    }

    /** One box for ids and keys. */
    @GetMapping("/search")
    String search(@RequestParam(defaultValue = "") String q) {
        var asked = q.strip();
        if (asked.isEmpty()) {
            return "redirect:/messages";
        }
        if (ID.matcher(asked).matches() && messages.isThere(asked.toLowerCase(Locale.ROOT))) {
            return "redirect:/messages/" + asked.toLowerCase(Locale.ROOT);
        }
        var found = ofKey(q);
        return "redirect:" + (found.isEmpty() && !q.equals(asked) ? page(asked, ofKey(asked)) : page(q, found));
    }

    /** Of the whole key: blanks at its ends are a part of it. */
    private List<MessageView> ofKey(String key) {
        return messages.find(new Parameters().with("key", key), null, 2).items();
    }

    private static String page(String key, List<MessageView> found) {
        return found.size() == 1
                ? "/messages/" + found.getFirst().id()
                : PageUrl.of("/messages").with("key", key).toString();
    }
}
