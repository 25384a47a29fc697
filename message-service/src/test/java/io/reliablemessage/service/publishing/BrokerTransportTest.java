package io.reliablemessage.service.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BrokerTransportTest {

    private static final int TLS_HANDSHAKE = 22;

    private final ConnectionFactory factory = new ConnectionFactory();

    @Test
    void plainConnectionsSpeakAmqpAtOnce() throws Exception {
        assertThat(firstByte()).isEqualTo('A');
    }

    @Test
    void whatWasSetUpForTlsSpeaksTls() throws Exception {
        factory.useSslProtocol();

        assertThat(firstByte()).isEqualTo(TLS_HANDSHAKE);
    }

    private int firstByte() throws IOException {
        new BrokerTransport().writingTogether().customize(factory);
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            factory.setHost(server.getInetAddress().getHostAddress());
            factory.setPort(server.getLocalPort());
            var first = CompletableFuture.supplyAsync(() -> {
                try (var accepted = server.accept()) {
                    return accepted.getInputStream().read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThatThrownBy(factory::newConnection).isInstanceOf(Exception.class);
            return first.join();
        }
    }
}
