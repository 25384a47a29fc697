package io.reliablemessage.quickstart.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The screens of the console in a real browser, over the whole quickstart: how they look, lead on and keep fresh. */
@Tag("faults") // minutes
class ConsoleScreensTest {

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

    @RegisterExtension
    static final Console console = new Console();

    /** In both languages, both widths and both themes, and with markup wherever strangers may write. */
    @ParameterizedTest
    @CsvSource({"en, 1280, 390", "zh-CN, 390, 1280"})
    void everyScreenIsFitForEverybody(String language, int widthByDay, int widthByNight) throws Exception {
        var page = console.logIn("lead", language);
        for (var screen : screens()) {
            Fitness.check(page, screen, widthByDay, widthByNight);
        }
        page.context().close();
    }

    private static List<String> screens() throws Exception {
        var screens = new ArrayList<>(SCREENS);
        screens.add("/operations/" + console.operation());
        screens.add("/messages/%s?payload=tree".formatted(console.environment().id("refused")));
        return screens;
    }

    /** Every number that is a link, on every screen that has some. */
    @Test
    void eachNumberLeadsToTheListThatItCounts() {
        var page = console.logIn("viewer", "en");
        for (var screen : List.of("/", "/causes", "/subscriptions", "/applications")) {
            await(screen)
                    .untilAsserted(
                            () -> { // something may be on its way from one state to another
                                page.navigate(screen);
                                assertThat(Console.numbers(page, "/messages?"))
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
        var page = console.logIn("viewer", "en");
        page.navigate("/topics");
        assertThat(Console.numbers(page, "/causes?")).hasSizeGreaterThan(4).allSatisfy((causes, number) -> {
            page.navigate(causes);
            assertThat(page.locator(".big-number").allInnerTexts().stream()
                            .mapToInt(Integer::parseInt)
                            .sum())
                    .as(causes)
                    .isEqualTo(Integer.parseInt(number));
        });
        page.context().close();
    }

    @Test
    void rowsAreChosenAndResentWithoutScripts() {
        var page = console.logInWithoutScripts("operator");
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
        var page = console.logIn("viewer", "zh-CN");
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
        var page = console.logIn("viewer", "en");
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
        console.forgive("net::ERR_FAILED|htmx:(afterRequest|sendError)");
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
        var page = console.logIn("viewer", "en");
        console.environment().isRefused("invoice.late", "late", "late-1");
        page.navigate("/messages?topic=invoice.late");

        console.environment().isRefused("invoice.late", "late", "late-2");

        assertThat(page.locator(".newer")).hasText("1 new: show"); // by polling
        assertThat(page.locator("tbody tr")).hasCount(1);
        page.locator(".newer").click();
        assertThat(page.locator("tbody tr")).hasCount(2);
        page.context().close();
    }

    @Test
    void copiesAlsoWhereThereIsNoClipboard() {
        var page = console.logIn("viewer", "en");
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
        var page = console.logIn("viewer", "en");

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
}
