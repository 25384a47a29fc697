package io.reliablemessage.quickstart.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators do in the console, in a real browser and over the whole quickstart. */
@Tag("slow")
class ConsoleActionsTest {

    @RegisterExtension
    static final Console console = new Console();

    @Test
    void aDeadMessageIsResentAndSeenConsumed() {
        var page = console.logIn("operator", "en");
        page.navigate("/search?q=B-1");
        assertThat(page.locator(".status-line")).containsText("Given up for points");

        page.getByText("Resend…").click();
        page.getByLabel("Reason").fill("points is back");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Resend").setExact(true))
                .click();

        assertThat(page.locator(".notice.is-good")).isVisible();
        assertThat(page.locator(".status-line.is-consumed")).isVisible(); // by polling
        assertThat(page.locator(".step.is-resent")).containsText("points is back");
        assertThat(page.locator(".step.is-broker_confirmed")).containsText("points");
        page.context().close();
    }

    @Test
    void anInDoubtMessageIsDecidedByHand() {
        var page = console.logIn("lead", "zh-CN");
        page.navigate("/undecided");
        page.locator("tr", new Page.LocatorOptions().setHasText("doubted-2"))
                .locator(".do a")
                .click();

        page.locator("summary", new Page.LocatorOptions().setHasText("人工裁决")).click();
        page.getByLabel("取消：业务动作没有发生").check();
        page.locator("#why-decide").fill("订单从未入库");
        page.locator("#actions details[open] form button").click();

        assertThat(page.locator(".status-line")).containsText("已由 lead 取消");
        page.context().close();
    }

    @Test
    void aViewerIsRefused() {
        var page = console.logIn("viewer", "en");
        page.navigate("/search?q=B-2");
        assertThat(page.locator("#actions button:disabled").first()).isVisible();
        assertThat(page.locator("#payload .masked")).isVisible();

        // As somebody would who made the form anew.
        page.evaluate("""
                () => {
                    const form = document.querySelector('form[action="/logout"]');
                    form.action = location.pathname + '/resend';
                    form.insertAdjacentHTML(
                            'beforeend', '<input name="subscription" value="*"><input name="reason" value="let me">');
                    form.submit();
                }""");

        assertThat(page.locator(".notice.is-bad")).containsText("Your role does not allow that.");
        assertThat(page.locator(".status-line.is-dead")).isVisible();
        page.context().close();
    }

    @Test
    void whatDiedOfOneCauseIsResentAndSeenConsumedToTheLast() {
        var page = console.logIn("lead", "en");
        page.navigate("/causes");
        var cause = page.locator(".cause").filter(new Locator.FilterOptions().setHasText("stock"));
        assertThat(cause.locator(".big-number")).hasText("3");

        cause.getByText("Resend…").click();
        assertThat(page.locator(".matched")).hasText("3 deliveries of 3 messages match → 3 will be resent");
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
        var page = console.logIn("operator", "en");
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
        assertThat(sum(totals(page))).isEqualTo(20);
        page.context().close();
    }

    @Test
    void whatIsRefusedAgainIsResentOnceMoreAndAllNumbersAddUp() throws Exception {
        var page = console.logIn("operator", "en");
        page.navigate("/operations/new?action=RESEND&state=REJECTED&subscription=again&window=all");
        page.getByLabel("Reason").fill("the archive is mended");
        page.locator("form.how button").click();
        assertThat(page.locator("#fresh .state")).hasText("Finished");
        var first = page.url();
        console.environment().isRefusedAgain("again", "again-1");
        assertThat(total(page, "Rejected again")).hasText("1");
        assertThat(sum(totals(page))).isEqualTo(3);

        page.getByText("Resend the failed ones…").click();
        page.locator("#why-retry").fill("now it is");
        page.locator("form[action$='/retry'] button").click();

        assertThat(page.locator("h1")).hasText("Resend 1");
        assertThat(page.locator("#fresh .state")).hasText("Finished");
        assertThat(sum(totals(page))).isOne();
        page.navigate(first);
        assertThat(total(page, "Rejected again")).hasText("0"); // it is the other operation's now
        assertThat(sum(totals(page))).isEqualTo(3);
        page.navigate("/audit?action=START_RESEND");
        assertThat(Console.numbers(page, "/operations/")).isNotEmpty().allSatisfy((operation, number) -> {
            page.navigate(operation);
            assertThat(page.locator("#items tbody tr")).hasCount(Integer.parseInt(number));
        });
        page.context().close();
    }

    /** Each number of the operation that is shown, after it was followed to its list: that has as many rows. */
    private static Map<String, Integer> totals(Page page) {
        var totals = new HashMap<String, Integer>();
        for (var name : page.locator("#fresh .totals dt").allInnerTexts()) {
            var list = (String) total(page, name).locator("a").evaluate("link => link.href");
            await(name)
                    .untilAsserted(
                            () -> { // what is sent and what comes of it goes on
                                page.navigate(list);
                                var number = Integer.parseInt(total(page, name).innerText());
                                totals.put(name, number);
                                assertThat(page.locator("#items tbody tr").count())
                                        .isEqualTo(number);
                            });
        }
        return totals;
    }

    private static int sum(Map<String, Integer> totals) {
        return Stream.of("Due again", "Skipped", "Failed").mapToInt(totals::get).sum();
    }

    private static Locator total(Page page, String name) {
        return page.locator("#fresh .totals div")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(name, new Page.GetByTextOptions().setExact(true))))
                .locator("dd");
    }
}
