package io.reliablemessage.checker;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application, started as its main method does, on a random loopback port. */
record RunningChecker(ConfigurableApplicationContext context) implements AutoCloseable {

    static RunningChecker calling(StubService service) {
        return new RunningChecker(StatusCheckerApplication.application()
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--status-checker.service-url=" + service.url(),
                        "--status-checker.api-key=" + StubService.KEY,
                        "--status-checker.interval=100ms",
                        "--status-checker.parallel=3",
                        "--status-checker.allowed-addresses=127.0.0.0/8"));
    }

    HttpResponse<String> get(String path, String... headers) {
        var port = context.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new AssertionError(path, e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
