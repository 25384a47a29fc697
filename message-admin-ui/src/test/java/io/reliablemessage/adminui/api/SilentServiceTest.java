package io.reliablemessage.adminui.api;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.reliablemessage.adminui.Browser;
import io.reliablemessage.adminui.RunningConsole;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that takes connections and says nothing, and one that is not there at all. */
class SilentServiceTest {

    private static ServerSocket silent;
    private static RunningConsole console;

    @BeforeAll
    static void start() throws Exception {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        console = RunningConsole.start(
                URI.create("http://127.0.0.1:" + silent.getLocalPort()), "--message-admin-ui.request-timeout=1s");
    }

    @AfterAll
    static void stop() throws Exception {
        console.close();
        silent.close();
    }

    private Browser browser;

    @BeforeEach
    void logIn() throws Exception {
        browser = console.as("lead"); // the service has no say in this
    }

    @AfterEach
    void isStillHealthyItself() throws Exception {
        assertThat(console.browser().get("/actuator/health/readiness").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPageDoesNotWaitLongerThanItMay() {
        var page = assertTimeout(ofSeconds(20), () -> browser.get("/messages"));

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("The message service does not answer", "nothing was changed from here");
    }

    @Test
    void anActionWhoseAnswerDoesNotComeMayHaveBeenDone() throws Exception {
        var key = browser.submit("/nowhere", "/keys/rmk_ab/expire", Map.of("reason", "it leaked"));

        assertThat(key.statusCode()).isEqualTo(302);
        assertThat(key.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/applications"));
    }

    @Test
    void aPartThatIsKeptFreshFailsSoThatThePageCanSayItIsStale() throws Exception {
        assertThat(browser.get("/badges", "HX-Request", "true").statusCode()).isEqualTo(503);
    }
}
