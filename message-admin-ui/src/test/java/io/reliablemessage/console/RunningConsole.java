package io.reliablemessage.console;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application, started as its main method does, on a random loopback port. */
record RunningConsole(ConfigurableApplicationContext context) implements AutoCloseable {

    static RunningConsole start() {
        return new RunningConsole(
                MessageAdminUiApplication.application().run("--server.port=0", "--server.address=127.0.0.1"));
    }

    /** As a browser that prefers this language. */
    HttpResponse<String> get(String path, String acceptLanguage) throws Exception {
        var port = context.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .header("Accept-Language", acceptLanguage)
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
