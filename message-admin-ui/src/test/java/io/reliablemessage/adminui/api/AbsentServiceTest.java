package io.reliablemessage.adminui.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.RunningConsole;
import io.reliablemessage.adminui.StubService;
import org.junit.jupiter.api.Test;

/** A service that goes away and comes back: the console needs no restart. */
class AbsentServiceTest {

    @Test
    void thePagesAreBackWithTheService() throws Exception {
        var service = new StubService();
        var address = service.url();
        service.close();
        try (var console = RunningConsole.start(address)) {
            var browser = console.as("viewer");
            assertThat(browser.get("/messages").statusCode()).isEqualTo(503);
            assertThat(browser.get("/nowhere").statusCode()).isEqualTo(404);

            var back = StubService.at(address.getPort());
            assertThat(browser.get("/messages").statusCode()).isEqualTo(200);
            back.close();
            assertThat(browser.get("/messages").statusCode()).isEqualTo(503);
        }
    }
}
