package io.reliablemessage.quickstart.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The browser of this machine, and everything it complains about: errors of scripts, and what the
 * security policy stops.
 */
final class Chromium implements AutoCloseable {

    private static final String VARIABLE = "TEST_CHROMIUM";
    /** Of an empty style attribute, as the accessibility checks leave it on some elements. It would do nothing. */
    private static final String EMPTY_STYLE = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    private final Playwright playwright;
    private final Browser browser;
    private final URI console;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Chromium(Path executable, URI console) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--no-sandbox"))); // which root cannot have; it sees our own pages only
        this.console = console;
    }

    /** Skips the test where there is no browser, unless browsers are required. */
    static Path required() {
        var found = find();
        if (!Boolean.parseBoolean(System.getenv("TEST_REQUIRE_BROWSER"))) {
            assumeTrue(found.isPresent(), "No Chromium on the path, and none named by " + VARIABLE);
        }
        return found.orElseThrow(() ->
                new AssertionError("Install chromium, or name one by " + VARIABLE + ": TEST_REQUIRE_BROWSER is set"));
    }

    static Chromium start(Path executable, URI console) {
        return new Chromium(executable, console);
    }

    /** A window of its own, with this user logged in. */
    Page logIn(String user, String password, String language) {
        return logIn(user, password, new Browser.NewContextOptions().setLocale(language));
    }

    /** As somebody reads whose browser runs no scripts. */
    Page logInWithoutScripts(String user, String password) {
        return logIn(
                user, password, new Browser.NewContextOptions().setLocale("en").setJavaScriptEnabled(false));
    }

    private Page logIn(String user, String password, Browser.NewContextOptions options) {
        var page = browser.newContext(options.setBaseURL(console.toString()).setTimezoneId("Asia/Shanghai"))
                .newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains(EMPTY_STYLE)) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        page.navigate("/login");
        page.fill("#username", user);
        page.fill("#password", password);
        page.click("main form button");
        page.waitForURL(Pattern.compile(".*/(messages)?$"));
        return page;
    }

    /** What a test brought about on purpose. */
    void forgive(String pattern) {
        complaints.removeIf(Pattern.compile(pattern).asPredicate());
    }

    void hasNotComplained() {
        assertThat(complaints).isEmpty();
    }

    private static Optional<Path> find() {
        var named = Optional.ofNullable(System.getenv(VARIABLE)).map(Path::of);
        var onThePath = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(directory, name)));
        return Stream.concat(named.stream(), onThePath)
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
