package io.reliablemessage.quickstart.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.reliablemessage.quickstart.launch.QuickstartJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/** One quickstart with trouble in it, and one browser, for all tests of the console. */
final class Console implements BeforeAllCallback, AfterEachCallback {

    private static final double TIMEOUT = 60_000;

    private @Nullable Running running;

    @Override
    public void beforeAll(ExtensionContext context) {
        var executable = Chromium.required();
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT);
        running = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Console.class))
                .computeIfAbsent(Running.class, key -> started(executable), Running.class);
    }

    private static Running started(Path executable) {
        try {
            return Running.start(executable);
        } catch (Exception failed) {
            throw new AssertionError("the quickstart does not start", failed);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        running().chromium.hasNotComplained();
    }

    Page logIn(String user, String language) {
        var page = running().chromium.logIn(user, environment().password(), language);
        page.setDefaultTimeout(TIMEOUT);
        return page;
    }

    Page logInWithoutScripts(String user) {
        return running().chromium.logInWithoutScripts(user, environment().password());
    }

    TestEnvironment environment() {
        return running().environment;
    }

    /** A finished operation. */
    String operation() {
        return running().operation;
    }

    /** What a test brought about on purpose. */
    void forgive(String pattern) {
        running().chromium.forgive(pattern);
    }

    /** The links to a list whose texts are numbers. */
    @SuppressWarnings("unchecked")
    static Map<String, String> numbers(Page page, String list) {
        return (Map<String, String>) page.evalOnSelectorAll("main a[href*='%s']".formatted(list), """
                links => Object.fromEntries(links
                    .map(link => [link.getAttribute('href'), (link.querySelector('strong') ?? link).textContent.trim()])
                    .filter(([, text]) => /^\\d+$/.test(text)))""");
    }

    private Running running() {
        return Objects.requireNonNull(running);
    }

    private record Running(
            Path directory, QuickstartJvm quickstart, Chromium chromium, TestEnvironment environment, String operation)
            implements AutoCloseable {

        static Running start(Path executable) throws Exception {
            var directory = Files.createTempDirectory("console");
            var quickstart = QuickstartJvm.start(
                    directory, "--quickstart.scenarios=false", "--message-service.ledger.suspect-after-checks=1");
            try {
                var chromium = Chromium.start(executable, quickstart.address("message-admin-ui")); // meanwhile
                quickstart.awaitReady();
                var environment = new TestEnvironment(quickstart, directory.resolve("data"));
                return new Running(directory, quickstart, chromium, environment, trouble(environment));
            } catch (Exception | AssertionError failed) {
                quickstart.close(); // the next class starts another
                throw failed;
            }
        }

        private static String trouble(TestEnvironment environment) throws Exception {
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
            return operation;
        }

        @Override
        public void close() throws IOException {
            chromium.close();
            quickstart.close();
            FileSystemUtils.deleteRecursively(directory);
        }
    }
}
