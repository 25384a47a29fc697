package io.reliablemessage.quickstart.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.reliablemessage.quickstart.launch.QuickstartJvm;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console in a real browser, over the whole quickstart. */
class ConsoleBrowserTest {

    private static final List<String> SCREENS = List.of(
            "/login",
            "/",
            "/causes",
            "/operations",
            "/operations/new?action=DISCARD&state=REJECTED&window=all",
            "/topics",
            "/subscriptions",
            "/applications",
            "/audit",
            "/messages",
            "/messages?state=DEAD&topic=order.placed&minAttempts=1&olderThan=1s",
            "/messages?key=nobody",
            "/undecided",
            "/search?q=B-1",
            "/search?q=doubted-1");

    private static final double TIMEOUT = 60_000;

    @TempDir
    static Path directory;

    private static QuickstartJvm quickstart;
    private static Chromium chromium;
    private static TestEnvironment environment;
    private static List<String> screens;

    @BeforeAll
    static void start() throws Exception {
        var executable = Chromium.required();
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT);
        quickstart = QuickstartJvm.start(
                        directory, "--quickstart.scenarios=false", "--message-service.ledger.suspect-after-checks=1")
                .awaitReady();
        environment = new TestEnvironment(quickstart, directory.resolve("data"));
        environment.isRefused("invoice.issued", "archive", "refused");
        for (int i = 0; i < 20; i++) {
            environment.isRefused("invoice.paid", "paid", "slow-" + i);
        }
        for (int i = 0; i < 4; i++) {
            environment.isRefused("invoice.kept", "kept", "kept-" + i);
        }
        for (int i = 0; i < 3; i++) {
            environment.isRefused("invoice.again", "again", "again-" + i);
        }
        environment.isRefused("invoice.void", "void", "discarded-1");
        environment.isRefused("invoice.void", "void", "discarded-2");
        var operation = environment.isDiscarded("void", 2);
        environment.isInDoubt("doubted-1");
        environment.isInDoubt("doubted-2" + TestEnvironment.HOSTILE);
        environment.dieAtPoints("B-1", "B-2");
        environment.dieAtStock("C-1", "C-2", "C-3");
        screens = Stream.concat(
                        SCREENS.stream(),
                        Stream.of(
                                "/operations/" + operation,
                                "/messages/%s?payload=tree".formatted(environment.id("refused"))))
                .toList();
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

    /** In both languages, both widths and both themes, and with markup wherever strangers may write. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "zh-CN"})
    void everyScreenIsFitForEverybody(String language) {
        var page = logIn("lead", language);
        for (var screen : screens) {
            Fitness.check(page, screen);
        }
        page.context().close();
    }

    /** Every number that is a link, on every screen that has some. */
    @Test
    void eachNumberLeadsToTheListThatItCounts() {
        var page = logIn("viewer", "en");
        for (var screen : List.of("/", "/causes", "/subscriptions", "/applications")) {
            await(screen)
                    .untilAsserted(
                            () -> { // something may be on its way from one state to another
                                page.navigate(screen);
                                assertThat(numbers(page, "/messages?"))
                                        .isNotEmpty()
                                        .allSatisfy((list, number) -> assertThat(page.request()
                                                        .get(list.replace("/messages?", "/messages/count?"))
                                                        .text())
                                                .contains(">%s found<".formatted(number)));
                            });
        }
        page.context().close();
    }

    /** A message may be dead for several of a topic's subscriptions, so these lead to the causes. */
    @Test
    void theEndedDeliveriesOfATopicAreThoseOfItsCauses() {
        var page = logIn("viewer", "en");
        page.navigate("/topics");
        assertThat(numbers(page, "/causes?")).hasSizeGreaterThan(4).allSatisfy((causes, number) -> {
            page.navigate(causes);
            assertThat(page.locator(".big-number").allInnerTexts().stream()
                            .mapToInt(Integer::parseInt)
                            .sum())
                    .as(causes)
                    .isEqualTo(Integer.parseInt(number));
        });
        page.context().close();
    }

    /** The links to a list whose texts are numbers. */
    @SuppressWarnings("unchecked")
    private static Map<String, String> numbers(Page page, String list) {
        return (Map<String, String>) page.evalOnSelectorAll("main a[href*='%s']".formatted(list), """
                links => Object.fromEntries(links
                    .map(link => [link.getAttribute('href'), (link.querySelector('strong') ?? link).textContent.trim()])
                    .filter(([, text]) => /^\\d+$/.test(text)))""");
    }

    @Test
    void rowsAreChosenAndResentWithoutScripts() {
        var page = chromium.logInWithoutScripts("operator", environment.password());
        page.navigate("/messages?state=REJECTED&subscription=kept");
        page.getByLabel("Select kept-1").check();
        page.getByLabel("Select kept-3").check();

        page.locator(".picked button[value=RESEND]").click();

        assertThat(page.locator(".matched")).hasText("2 deliveries of 2 messages match → 2 will be resent");
        assertThat(page.locator(".splits a")).hasText(new String[] {"kept-1", "kept-3"});
        assertThat(page.locator("input[name=expected]")).hasValue("2");
        for (var screen : List.of("/", "/causes", "/undecided", "/operations", "/topics", "/audit")) {
            page.navigate(screen);
            assertThat(page.locator("h1")).not().isEmpty();
        }
        page.context().close();
    }

    @Test
    void chosenRowsAreCountedAndNothingElseIsTaken() {
        var page = logIn("viewer", "zh-CN");
        page.navigate("/messages?state=REJECTED&subscription=kept");
        var export = page.locator(".picked button[formaction]");
        assertThat(export).isDisabled();
        assertThat(page.locator(".picked button[value=RESEND]")).isDisabled();

        page.getByLabel("选择 kept-2").check();
        assertThat(page.locator("[data-picked]")).hasText("已选 1 条：");
        var csv = page.waitForDownload(export::click);
        assertThat(page.locator(".picked button[value=RESEND]")).isDisabled(); // the role is the same
        page.getByLabel("选择本页全部").check();
        assertThat(page.locator("[data-picked]")).hasText("已选 4 条：");

        assertThat(csv.path()).content().contains("kept-2").doesNotContain("kept-1", "kept-3");
        page.context().close();
    }

    /** The browser's clock is turned on, so that nothing waits. */
    @Test
    void whatIsShownIsKeptFreshUnlessNobodyWantsIt() {
        var page = logIn("viewer", "en");
        page.clock().install();
        page.addInitScript("Object.defineProperty(document, 'hidden', {get: () => window.isHidden === true});");
        page.navigate("/undecided");

        await().pollInSameThread().until(() -> asksForMore(page));
        page.evaluate("window.isHidden = true");
        await().pollInSameThread().until(() -> !asksForMore(page));
        page.evaluate("window.isHidden = false");
        page.locator("#live").click();
        await().pollInSameThread().until(() -> !asksForMore(page));
        page.locator("#live").click();
        await().pollInSameThread().until(() -> asksForMore(page));

        page.route("**/*", Route::abort);
        page.clock().runFor(10_000);
        assertThat(page.locator("#stale")).isVisible();
        page.unroute("**/*");
        page.clock().runFor(10_000);
        assertThat(page.locator("#stale")).isHidden();
        chromium.forgive("net::ERR_FAILED|htmx:(afterRequest|sendError)");
        page.context().close();
    }

    /**
     * Whether the page asks within ten seconds of its clock. While a request is under way no other is made, and one
     * that began before may show late: a slow machine needs more than one turn.
     */
    private static boolean asksForMore(Page page) {
        var isAsked = new AtomicBoolean();
        Consumer<Request> listener =
                request -> isAsked.compareAndSet(false, request.url().endsWith("/badges"));
        page.onRequest(listener);
        page.clock().runFor(10_000);
        page.evaluate("fetch('/icon.svg').then(answer => answer.text())"); // later than whatever that asked for
        page.offRequest(listener);
        return isAsked.get();
    }

    @Test
    void whatIsNewWaitsUntilItIsWanted() throws Exception {
        var page = logIn("viewer", "en");
        environment.isRefused("invoice.late", "late", "late-1");
        page.navigate("/messages?topic=invoice.late");

        environment.isRefused("invoice.late", "late", "late-2");

        assertThat(page.locator(".newer")).hasText("1 new: show"); // by polling
        assertThat(page.locator("tbody tr")).hasCount(1);
        page.locator(".newer").click();
        assertThat(page.locator("tbody tr")).hasCount(2);
        page.context().close();
    }

    @Test
    void copiesAlsoWhereThereIsNoClipboard() {
        var page = logIn("viewer", "en");
        page.context().grantPermissions(List.of("clipboard-read"));
        page.navigate("/search?q=refused");
        var id = page.locator(".ident code").innerText();
        page.evaluate("Object.defineProperty(window, 'isSecureContext', {value: false})"); // as over plain HTTP

        page.locator(".ident .copy").click();

        assertThat(page.locator(".ident .copy.is-done")).isVisible();
        assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(id);
        page.context().close();
    }

    @Test
    void aMessageIsFoundByItsKeyWithoutAMouse() {
        var page = logIn("viewer", "en");

        page.keyboard().press("/");
        page.keyboard().type("refused");
        page.keyboard().press("Enter");

        assertThat(page.locator("h1")).hasText("refused");
        assertThat(page.locator(".status-line")).containsText("Rejected by archive");

        page.navigate("/messages?topic=invoice.paid");
        page.keyboard().press("j");
        page.keyboard().press("j");
        page.keyboard().press("k");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("slow-18"); // the second, newest first
        page.keyboard().press("?");
        assertThat(page.locator("#help")).isVisible();
        page.context().close();
    }

    @Test
    void aDeadMessageIsResentAndSeenConsumed() {
        var page = logIn("operator", "en");
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
        var page = logIn("lead", "zh-CN");
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
        var page = logIn("viewer", "en");
        page.navigate("/search?q=B-2");
        assertThat(page.locator("#actions button:disabled").first()).isVisible();
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
        assertThat(page.locator(".status-line.is-dead")).isVisible();
        page.context().close();
    }

    @Test
    void whatDiedOfOneCauseIsResentAndSeenConsumedToTheLast() {
        var page = logIn("lead", "en");
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
        assertThat(sum(totals(page))).isEqualTo(20);
        page.context().close();
    }

    @Test
    void whatIsRefusedAgainIsResentOnceMoreAndAllNumbersAddUp() throws Exception {
        var page = logIn("operator", "en");
        page.navigate("/operations/new?action=RESEND&state=REJECTED&subscription=again&window=all");
        page.getByLabel("Reason").fill("the archive is mended");
        page.locator("form.how button").click();
        assertThat(page.locator("#fresh .state")).hasText("Finished");
        var first = page.url();
        environment.isRefusedAgain("again", "again-1");
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
        assertThat(numbers(page, "/operations/")).isNotEmpty().allSatisfy((operation, number) -> {
            page.navigate(operation);
            assertThat(page.locator("#items tbody tr")).hasCount(Integer.parseInt(number));
        });
        page.context().close();
    }

    /** Each number of the operation that is shown, after it was followed to its list: that has as many rows. */
    private static Map<String, Integer> totals(Page page) {
        var totals = new HashMap<String, Integer>();
        for (var name : page.locator("#fresh .totals dt").allInnerTexts()) {
            total(page, name).locator("a").click();
            await(name)
                    .untilAsserted(
                            () -> { // what is sent and what comes of it goes on
                                page.reload();
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

    private static Page logIn(String user, String language) {
        var page = chromium.logIn(user, environment.password(), language);
        page.setDefaultTimeout(TIMEOUT);
        return page;
    }
}
