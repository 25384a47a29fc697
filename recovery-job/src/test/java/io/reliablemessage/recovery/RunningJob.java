package io.reliablemessage.recovery;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application, started as its main method does, on a random loopback port. */
record RunningJob(ConfigurableApplicationContext context) implements AutoCloseable {

    static RunningJob calling(StubService service) {
        return calling(service, "100ms");
    }

    static RunningJob calling(StubService service, String interval) {
        return new RunningJob(RecoveryJobApplication.application()
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--recovery-job.service-url=" + service.url(),
                        "--recovery-job.api-key=" + StubService.KEY,
                        "--recovery-job.interval=" + interval));
    }

    HttpResponse<String> get(String path) {
        var port = context.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new AssertionError(path, e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
