package io.reliablemessage.webserver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that send their requests slowly. */
class TimeLimitedProtocolTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final int PAUSE_MILLIS = 200;
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 40\r\n\r\n";
    private static final String BODY = "x".repeat(40);

    private static Tomcat server;

    @BeforeAll
    static void start() throws Exception {
        server = new Tomcat();
        server.setBaseDir(Files.createTempDirectory("tomcat").toString());
        var connector = new Connector(new TimeLimitedProtocol(LIMIT));
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        server.setConnector(connector);
        var context = server.addContext("", null);
        Tomcat.addServlet(context, "echo", new Echo());
        context.addServletMappingDecoded("/*", "echo");
        server.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
        server.destroy();
    }

    private static class Echo extends HttpServlet {
        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var body = request.getInputStream().readAllBytes();
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }

    @Test
    void aByteNowAndThenKeepsNoConnection() throws Exception {
        var slowly = new ArrayList<Callable<Duration>>();
        for (int i = 0; i < 20; i++) {
            slowly.add(() -> lifeOf("", "POST / HTTP/1.1\r\nX-Name: " + "y".repeat(500)));
            slowly.add(() -> lifeOf(HEAD, BODY));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var life : threads.invokeAll(slowly)) {
                assertThat(life.get()).isLessThan(LIMIT.multipliedBy(4));
            }
        }
    }

    /** It has as long as one that arrives slowly. */
    @Test
    void aRequestThatStopsArrivingKeepsNoConnection() throws Exception {
        var stalled = new ArrayList<Callable<Duration>>();
        for (var begin : List.of("P", "POST / HTTP/1.1\r\nX-Name: y", HEAD, HEAD + "x")) {
            stalled.add(() -> lifeOf(begin, LIMIT.dividedBy(2), "\r"));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var life : threads.invokeAll(stalled)) {
                assertThat(life.get()).isLessThan(LIMIT.multipliedBy(4));
            }
        }
    }

    /** Until the server ends the connection, on which nothing comes after these. */
    private static Duration lifeOf(String first, Duration pause, String last) throws Exception {
        var begun = System.nanoTime();
        try (var socket = connect()) {
            socket.setSoTimeout((int) LIMIT.multipliedBy(5).toMillis());
            socket.getOutputStream().write(first.getBytes(US_ASCII));
            Thread.sleep(pause);
            socket.getOutputStream().write(last.getBytes(US_ASCII));
            socket.getInputStream().readAllBytes();
        } catch (SocketTimeoutException open) {
            return LIMIT.multipliedBy(5);
        } catch (IOException reset) {
            // by the server
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void eachRequestOfAConnectionHasItsTime() throws Exception {
        try (var socket = connect()) {
            for (int i = 0; i < 4; i++) {
                socket.getOutputStream().write(HEAD.getBytes(US_ASCII));
                Thread.sleep(LIMIT.dividedBy(2));
                socket.getOutputStream().write(BODY.getBytes(US_ASCII));
                assertThat(answer(socket)).startsWith("HTTP/1.1 200").endsWith(BODY);
            }
        }
    }

    @Test
    void aPauseBetweenRequestsIsNoPartOfThem() throws Exception {
        try (var socket = connect()) {
            for (int i = 0; i < 2; i++) {
                socket.getOutputStream().write((HEAD + BODY).getBytes(US_ASCII));
                assertThat(answer(socket)).startsWith("HTTP/1.1 200").endsWith(BODY);
                Thread.sleep(LIMIT.plusMillis(200));
            }
        }
    }

    /** Until the server ends the connection, in which these bytes come one after the other. */
    private static Duration lifeOf(String atOnce, String slow) throws Exception {
        var begun = System.nanoTime();
        try (var socket = connect()) {
            socket.setSoTimeout(PAUSE_MILLIS);
            socket.getOutputStream().write(atOnce.getBytes(US_ASCII));
            for (var each : slow.getBytes(US_ASCII)) {
                socket.getOutputStream().write(each);
                if (isOver(socket)) {
                    break;
                }
            }
        } catch (IOException ended) {
            // by the server
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static boolean isOver(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        }
    }

    private static Socket connect() throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), server.getConnector().getLocalPort());
    }

    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout(5_000);
        var answer = new StringBuilder();
        while (!answer.toString().endsWith(BODY)) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            answer.append((char) next);
        }
        return answer.toString();
    }
}
