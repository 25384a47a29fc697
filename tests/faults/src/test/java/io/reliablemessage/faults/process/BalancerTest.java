package io.reliablemessage.faults.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BalancerTest {

    @Test
    void goesPastReplicasThatAreGone() throws IOException {
        var first = replica("first");
        var second = replica("second");
        try (var balancer = Balancer.before(
                List.of(first.getAddress().getPort(), second.getAddress().getPort()))) {
            first.stop(0);
            assertThat(answers(balancer)).containsOnly("second");

            second.stop(0);
            assertThat(Http.get(balancer.address())).isEmpty();
        }
    }

    private static List<String> answers(Balancer balancer) {
        return IntStream.range(0, 4)
                .mapToObj(i -> Http.get(balancer.address()).orElseThrow().body())
                .toList();
    }

    private static HttpServer replica(String name) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            call.getResponseHeaders().set("Connection", "close");
            call.sendResponseHeaders(200, name.length());
            call.getResponseBody().write(name.getBytes(UTF_8));
            call.close();
        });
        server.start();
        return server;
    }
}
