package io.reliablemessage.quickstart;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console in a real browser, over the whole quickstart. */
class ConsoleBrowserTest {

    private static final List<String> SCREENS = List.of(
            "/",
            "/causes",
            "/operations",
            "/operations/new?action=DISCARD&state=REJECTED&window=all",
            "/topics",
            "/subscriptions",
            "/applications",
            "/audit",
            "/messages",
            "/messages?state=DEAD&topic=order.placed",
            "/messages?key=nobody",
            "/doubt",
            "/search?q=B-1",
            "/search?q=refused",
            "/search?q=doubted-1");

    private static final double PATIENCE = 60_000;

    @TempDir
    static Path directory;

    private static QuickstartJvm quickstart;
    private static Chromium chromium;
    private static Scene scene;

    @BeforeAll
    static void start() throws Exception {
        var executable = Chromium.required();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        quickstart = QuickstartJvm.start(
                        directory, "--quickstart.stories=false", "--reliable-message.ledger.suspect-after-checks=1")
                .awaitReady();
        scene = new Scene(quickstart, directory.resolve("data"));
        scene.isRefused("invoice.issued", "archive", "refused");
        for (int i = 0; i < 20; i++) {
            scene.isRefused("invoice.paid", "paid", "slow-" + i);
        }
        scene.isInDoubt("doubted-1");
        scene.isInDoubt("doubted-2" + Scene.HOSTILE);
        scene.dieAtPoints("B-1", "B-2");
        scene.dieAtStock("C-1", "C-2", "C-3");
        chromium = Chromium.start(executable, quickstart.address("message-admin-ui"));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (quickstart != null) {
            quickstart.close();
        }
    }

    @AfterEach
    void nothingWentWrong() {
        chromium.hasNotComplained();
    }

    /** Each screen in both languages, both widths and both themes, though not in all eight combinations. */
    @ParameterizedTest
    @CsvSource({"en, 1280, LIGHT", "en, 390, DARK", "zh-CN, 1280, DARK", "zh-CN, 390, LIGHT"})
    void everyScreenIsFitForEverybody(String language, int width, ColorScheme theme) {
        var page = logIn("lead", language);
        page.setViewportSize(width, 844);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
        for (var screen : SCREENS) {
            page.navigate(screen);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                    .as("%s is wider than %d", screen, width)
                    .isNotPositive();
            assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
                    .as(screen)
                    .isEmpty();
            assertThat(page.evaluate("window.broken === undefined")).isEqualTo(true);
            if (screen.equals("/causes") && width == 1280 && theme == ColorScheme.DARK) {
                page.navigate("/causes?state=DEAD");
                Chromium.picture(page, "console-causes");
            }
        }
        page.context().close();
    }

    @Test
    void aMessageIsFoundByItsKeyWithoutAMouse() {
        var page = logIn("viewer", "en");

        page.keyboard().press("/");
        page.keyboard().type("refused");
        page.keyboard().press("Enter");

        assertThat(page.locator("h1")).hasText("refused");
        assertThat(page.locator(".standing-line")).containsText("archive refused it");
        page.context().close();
    }

    @Test
    void aDeadMessageIsResentAndSeenConsumed() {
        var page = logIn("operator", "en");
        page.navigate("/search?q=B-1");
        assertThat(page.locator(".standing-line")).containsText("Given up for points");

        page.getByText("Resend…").click();
        page.getByLabel("Reason").fill("points is back");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Resend").setExact(true))
                .click();

        assertThat(page.locator(".notice.is-good")).isVisible();
        assertThat(page.locator(".standing-line.is-consumed")).isVisible(); // by polling
        assertThat(page.locator(".step.is-resent")).containsText("points is back");
        Chromium.picture(page, "console-message");
        page.context().close();
    }

    @Test
    void anInDoubtMessageIsDecidedByHand() {
        var page = logIn("lead", "zh-CN");
        page.navigate("/doubt");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("查看 doubted-2").setExact(false))
                .click();

        page.locator("summary", new Page.LocatorOptions().setHasText("人工裁决")).click();
        page.getByLabel("取消：业务动作没有发生").check();
        page.locator("#why-decide").fill("订单从未入库");
        page.locator("#acts details[open] form button").click();

        assertThat(page.locator(".standing-line")).containsText("已由 lead 取消");
        page.context().close();
    }

    @Test
    void aViewerIsRefused() {
        var page = logIn("viewer", "en");
        page.navigate("/search?q=B-2");
        assertThat(page.locator("#acts button:disabled").first()).isVisible();
        assertThat(page.locator("#payload .masked")).isVisible();

        // As somebody would who made the form anew.
        page.evaluate("""
                () => {
                    const form = document.querySelector('form[action="/logout"]');
                    form.action = location.pathname + '/resend';
                    form.insertAdjacentHTML('beforeend', '<input name="reason" value="let me">');
                    form.submit();
                }""");

        assertThat(page.locator(".notice.is-bad")).containsText("Your role does not allow that.");
        assertThat(page.locator(".standing-line.is-dead")).isVisible();
        page.context().close();
    }

    @Test
    void whatDiedOfOneCauseIsResentAndSeenConsumedToTheLast() {
        var page = logIn("lead", "en");
        page.navigate("/causes");
        var cause = page.locator(".cause").filter(new Locator.FilterOptions().setHasText("stock"));
        assertThat(cause.locator(".big-number")).hasText("3");

        cause.getByText("Resend…").click();
        assertThat(page.locator(".matched")).hasText("3 match → 3 will be resent");
        page.getByLabel("Canary").fill("1");
        page.getByLabel("Reason").fill("the bug is mended");
        page.locator("form.how button").click();

        assertThat(total(page, "Consumed")).hasText("3"); // by polling
        assertThat(total(page, "Re-sent")).hasText("3");
        total(page, "Consumed").locator("a").click();
        assertThat(page.locator("#items tbody tr")).hasCount(3);
        page.navigate("/audit?action=START_RESEND");
        assertThat(page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("the bug is mended")))
                .containsText("lead");
        page.context().close();
    }

    @Test
    void anOperationIsCancelledAndItsNumbersAddUp() {
        var page = logIn("operator", "en");
        page.navigate("/operations/new?action=RESEND&state=REJECTED&subscription=paid&window=all");
        page.getByLabel("Per second at most").fill("1");
        page.getByLabel("Canary").fill("0");
        page.getByLabel("Reason").fill("by mistake");
        page.locator("form.how button").click();

        page.getByText("Cancel…").click();
        page.locator("#why-cancel").fill("it was a mistake");
        page.getByText("Cancel the operation").click();

        assertThat(page.locator("#fresh .state")).hasText("Cancelled");
        assertThat(total(page, "Waiting")).hasText("0");
        int sum = 0;
        for (var name : List.of("Due again", "Skipped", "Failed")) {
            int number = Integer.parseInt(total(page, name).innerText());
            total(page, name).locator("a").click();
            assertThat(page.locator("#items tbody tr")).hasCount(number);
            sum += number;
        }
        assertThat(sum).isEqualTo(20);
        page.context().close();
    }

    private static Locator total(Page page, String name) {
        return page.locator("#fresh .totals div")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(name, new Page.GetByTextOptions().setExact(true))))
                .locator("dd");
    }

    private static Page logIn(String user, String language) {
        var page = chromium.logIn(user, scene.password(), language);
        page.setDefaultTimeout(PATIENCE);
        return page;
    }
}
