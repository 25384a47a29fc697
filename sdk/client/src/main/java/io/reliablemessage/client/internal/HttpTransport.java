package io.reliablemessage.client.internal;

import io.reliablemessage.client.ClientSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.regex.Pattern;

/** Sends one request once. Ends in time, whatever the name service, the network or the other side does. */
final class HttpTransport implements AutoCloseable {

    // What the JDK need not look up.
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");

    private final HttpClient client;
    private final boolean isNamed;
    private final ThreadPoolExecutor threads;
    private final Handover names;

    HttpTransport(HttpClient client, String host, ThreadPoolExecutor threads) {
        this.client = client;
        this.isNamed = !ADDRESS.matcher(host).matches();
        this.threads = threads;
        this.names = new Handover(threads);
    }

    static HttpTransport create(ClientSettings settings) {
        var client = HttpClient.newBuilder()
                // The service speaks 1.1; asking each new connection to upgrade would only cost.
                .version(HttpClient.Version.HTTP_1_1)
                // A redirect would carry the key and, for POST, change the method.
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                // The thread that watches the sockets hands the answer to its caller itself. With the default, a pool,
                // a call takes 9 context switches and 290 µs of CPU, with this 4 and 90 (two cores, loopback).
                .executor(Runnable::run)
                .build();
        return new HttpTransport(client, settings.url().getHost(), Daemons.pool("reliable-message-call-"));
    }

    /**
     * Blocks until the answer's last byte, or until the time is over. In the calling thread if there is nothing in it
     * that could not be interrupted.
     */
    ServiceAnswer send(HttpRequest.Builder request, Duration within) throws IOException, InterruptedException {
        if (within.isNegative() || within.isZero()) {
            throw new HttpTimeoutException("no time was left");
        }
        var timed = request.timeout(within).build();
        return isNamed ? names.call(() -> exchange(timed, within), within) : exchange(timed, within);
    }

    /**
     * The JDK's own time-out ends with the headers, and does not begin before the name is known. Not {@code sendAsync}:
     * that hands every answer through the common pool, which on two cores is one thread, and whatever blocks it (a
     * parallel stream doing I/O) would make all calls here time out.
     */
    private ServiceAnswer exchange(HttpRequest request, Duration within) throws IOException, InterruptedException {
        var deadline = Deadline.in(within);
        var response = client.send(request, head -> new AnswerBody());
        return new ServiceAnswer(
                response.statusCode(), response.headers(), response.body().await(deadline.left()));
    }

    /** Leaves no idle thread behind. Late calls still work. */
    @Override
    public void close() {
        Daemons.release(threads);
    }
}
