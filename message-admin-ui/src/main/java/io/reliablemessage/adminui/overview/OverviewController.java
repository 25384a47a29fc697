package io.reliablemessage.adminui.overview;

import io.reliablemessage.adminapi.cause.CauseTrendView;
import io.reliablemessage.adminapi.overview.OverviewView;
import io.reliablemessage.adminapi.overview.RatesView;
import io.reliablemessage.adminapi.overview.Window;
import io.reliablemessage.adminui.api.AdminApi;
import io.reliablemessage.adminui.api.Parameters;
import io.reliablemessage.adminui.page.Format;
import io.reliablemessage.adminui.page.Unreadable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class OverviewController {

    private final AdminApi api;

    OverviewController(AdminApi api) {
        this.api = api;
    }

    @GetMapping("/")
    String show(
            @RequestParam(defaultValue = "PT1H") String window, @ModelAttribute("format") Format format, Model model) {
        var chosen = window.isEmpty()
                ? Window.LAST_HOUR
                : Window.of(window).orElseThrow(() -> Unreadable.value("window", window));
        var overview = api.get(OverviewView.class, "overview");
        model.addAttribute("health", HealthSummary.of(overview, format));
        model.addAttribute("lifecycle", new LifecycleCounts(overview));
        model.addAttribute("parts", overview.parts());
        model.addAttribute("window", chosen);
        model.addAttribute("windows", Window.values());
        var asked = new Parameters().with("window", chosen);
        model.addAttribute("rates", api.get(RatesView.class, asked, "rates"));
        model.addAttribute(
                "causeChart", CauseChart.of(api.get(CauseTrendView.class, asked, "causes", "trend"), format));
        return "overview";
    }
}
