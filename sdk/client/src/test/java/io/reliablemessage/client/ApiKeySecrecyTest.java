package io.reliablemessage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key is in the header and nowhere else. */
class ApiKeySecrecyTest {

    private final StubService service = new StubService();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void isNotInWhatTheClientSaysOfItself() {
        assertThat(service.settings().toString()).contains("127.0.0.1").doesNotContain(StubService.KEY);
        assertThat(service.client().toString()).contains("127.0.0.1").doesNotContain(StubService.KEY);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 404, 503})
    void isNotInTheExceptionEvenIfTheAnswerEchoesIt(int status) {
        service.answers(exchange -> StubService.respond(
                exchange,
                status,
                "text/plain",
                "you sent " + exchange.getRequestHeaders().getFirst("Authorization")));

        var failure = catchThrowable(() -> service.client().confirm("42"));

        assertThat(stackTraceOf(failure)).contains("/messages/confirm of 42").doesNotContain(StubService.KEY);
    }

    @Test
    void nothingIsLoggedEvenIfEverythingIs() {
        var root = Logger.getLogger("");
        var before = root.getLevel();
        var records = new CopyOnWriteArrayList<LogRecord>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord each) {
                records.add(each);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(Level.ALL);
        try {
            service.answers(200, "{\"id\":\"42\",\"state\":\"SENDING\"}");
            service.client().confirm("42");
        } finally {
            root.setLevel(before);
            root.removeHandler(handler);
        }

        assertThat(service.calls()).hasSize(1);
        // the server of this test, which is the JDK's, logs
        assertThat(records)
                .noneMatch(each -> String.valueOf(each.getLoggerName()).contains("reliablemessage"));
        assertThat(records).extracting(LogRecord::getMessage).noneMatch(message -> message.contains(StubService.KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "top secret", "secret\n", "secret\u00e9"})
    void aKeyThatNoHeaderCanCarryIsRefusedWithoutNamingIt(String key) {
        var refusal = catchThrowableOfType(
                IllegalArgumentException.class, () -> ClientSettings.of(URI.create("http://localhost"), key));

        assertThat(refusal).hasMessageContaining("API key").hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8080",
                "ftp://localhost",
                "http:///path",
                "/path",
                "http://me:pass@localhost",
                "http://localhost?key=pass",
                "http://localhost#pass"
            })
    void anUnusableUrlIsRefused(String url) {
        var refusal = catchThrowableOfType(
                IllegalArgumentException.class, () -> ClientSettings.of(URI.create(url), StubService.KEY));

        assertThat(refusal).hasMessageContaining("url").hasMessageNotContaining("pass");
    }

    private static String stackTraceOf(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
