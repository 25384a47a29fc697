package io.reliablemessage.quickstart.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.reliablemessage.quickstart.launch.QuickstartJvm;
import io.reliablemessage.testing.Project;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes the README's pictures of the console, in both languages. Runs only if it is named: CONTRIBUTING.md. */
class ConsolePictures {

    private static final int WIDTH = 1280;

    @Test
    void areTakenInBothLanguages(@TempDir Path directory) throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        try (var quickstart = QuickstartJvm.start(directory, "--quickstart.scenarios=false")
                        .awaitReady();
                var chromium = Chromium.start(Chromium.required(), quickstart.address("message-admin-ui"))) {
            var environment = new TestEnvironment(quickstart, directory.resolve("data"));
            environment.dieAtPoints("O-1001", "O-1002", "O-1003", "O-1004", "O-1005");
            environment.dieAtStock("O-1006", "O-1007");
            environment.isRejected("invoice.created", "invoices", "I-2001", "ACCOUNT_CLOSED", "account 4711 is closed");

            for (var language : Language.values()) {
                var page = chromium.logIn("operator", environment.password(), language.tag);
                causes(page, language);
                message(page, language);
                page.context().close();
            }
        }
    }

    private static void causes(Page page, Language language) {
        page.navigate("/causes");
        assertThat(page.locator(".cause").first()).isVisible();
        take(page, 760, "console-causes", language);
    }

    /** Given up, resent by hand and consumed. */
    private static void message(Page page, Language language) {
        page.navigate("/search?q=" + language.order);
        page.locator("details:has(form[action$='/resend']) > summary").click();
        page.locator("#why-resend").fill(language.reason);
        page.locator("form[action$='/resend'] button").last().click();

        assertThat(page.locator(".status-line.is-consumed")).isVisible(); // by polling
        assertThat(page.locator(".step.is-broker_confirmed")).isVisible();
        take(page, 800, "console-message", language);
    }

    private static void take(Page page, int height, String name, Language language) {
        page.setViewportSize(WIDTH, height);
        page.evaluate("scrollTo(0, 0)");
        var file = Project.file("docs/images/%s.%s.png".formatted(name, language.tag));
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    private enum Language {
        ENGLISH("en", "O-1001", "points is back"),
        CHINESE("zh-CN", "O-1002", "积分服务已恢复");

        private final String tag;
        private final String order;
        private final String reason;

        Language(String tag, String order, String reason) {
            this.tag = tag;
            this.order = order;
            this.reason = reason;
        }
    }
}
