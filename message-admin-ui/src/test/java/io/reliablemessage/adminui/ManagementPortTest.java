package io.reliablemessage.adminui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Metrics and health on a port of their own, as Compose and the chart have them. */
@ExtendWith(OutputCaptureExtension.class)
class ManagementPortTest {

    private static StubService service;
    private static RunningConsole console;

    @BeforeAll
    static void start() {
        service = new StubService();
        console = RunningConsole.start(service, "--management.server.port=0", "--management.server.address=127.0.0.1");
    }

    @AfterAll
    static void stop() {
        console.close();
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/readiness", "/actuator/prometheus"})
    void areNotOnTheUsersPort(String path) throws Exception {
        assertThat(console.browser().get(path).statusCode()).isEqualTo(404);
        assertThat(console.as("admin").get(path).statusCode()).isEqualTo(404);
        assertThat(management().get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health?lang=%ff", "/actuator/prometheus?lang=%ff%20key=%22FORGED%22"})
    void takeWhatCannotBeDecodedForAMistakeOfTheCaller(String path, CapturedOutput log) throws Exception {
        assertThat(management().get(path).statusCode()).isEqualTo(400);

        assertThat(log.getOut()).doesNotContain("ERROR", "FORGED");
    }

    private static Browser management() {
        return new Browser(
                "http://127.0.0.1:" + console.context().getEnvironment().getRequiredProperty("local.management.port"));
    }
}
