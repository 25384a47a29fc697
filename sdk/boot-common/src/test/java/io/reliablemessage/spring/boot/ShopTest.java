package io.reliablemessage.spring.boot;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static java.net.http.HttpRequest.BodyPublishers.ofByteArray;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.spring.NotPreparedException;
import io.reliablemessage.spring.ReliableMessages;
import io.reliablemessage.test.InMemoryMessageService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A whole application on the starter, with a real port and Spring Security. */
@SpringBootTest(
        classes = Shop.class,
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {
            "reliable-message.check.secret=whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "spring.datasource.url=jdbc:h2:mem:shop",
            "spring.jackson.property-naming-strategy=SNAKE_CASE",
            "server.servlet.context-path=/shop",
            "management.endpoint.health.show-details=always"
        })
class ShopTest {

    private static final InMemoryMessageService SERVICE = InMemoryMessageService.start();
    private static final int PORT = freePort();
    private static final URI ORDERS = URI.create("http://127.0.0.1:%d/shop/orders".formatted(PORT));
    private static final URI CHECK = URI.create("http://127.0.0.1:%d/shop/hooks/check".formatted(PORT));
    private static final URI HEALTH = URI.create("http://127.0.0.1:%d/shop/actuator/health".formatted(PORT));

    private final HttpClient http = HttpClient.newHttpClient();
    private final Shop.Orders orders;
    private final ReliableMessages messages;
    private final JdbcTemplate database;
    private final ProducerStatus status;
    private final MeterRegistry meters;

    @Autowired
    ShopTest(
            Shop.Orders orders,
            ReliableMessages messages,
            JdbcTemplate database,
            ProducerStatus status,
            MeterRegistry meters) {
        this.orders = orders;
        this.messages = messages;
        this.database = database;
        this.status = status;
        this.meters = meters;
    }

    @DynamicPropertySource
    static void connect(DynamicPropertyRegistry properties) {
        SERVICE.subscribe("points", "order.placed", "orders");
        properties.add("server.port", () -> PORT);
        properties.add("reliable-message.url", SERVICE::url);
        properties.add("reliable-message.api-key", () -> SERVICE.apiKey("orders"));
        properties.add("reliable-message.check.url", () -> CHECK);
    }

    @BeforeEach
    void forget() {
        SERVICE.reset();
    }

    @AfterAll
    static void close() {
        SERVICE.close();
    }

    @Test
    void aMessageIsSentWithItsTransactionAndWrittenByTheMapperOfTheApplication() {
        var id = orders.place("A-1");

        var message = SERVICE.sent().confirmed().within(Duration.ofSeconds(10)).only();
        assertThat(message.id()).isEqualTo(id);
        assertThat(message.text()).isEqualTo("{\"order_number\":\"A-1\",\"placed_on\":\"2026-11-30\"}");
    }

    @Test
    void aCommitFailsWhileTheServiceIsAway() {
        SERVICE.fail();

        assertThatThrownBy(() -> orders.place("A-2")).isInstanceOf(NotPreparedException.class);

        assertThat(database.queryForList("SELECT number FROM shop_order WHERE number = 'A-2'"))
                .isEmpty();
    }

    @Test
    void aCheckBackPassesSpringSecurityAndIsAnswered() {
        await().until(() -> "registered".equals(status.details().get("checkUrl")));

        var id = messages.inTransaction(() -> {
            loseTheConfirmation();
            return orders.place("A-3");
        });

        assertThat(SERVICE.checkBack(id)).isEqualTo("COMMITTED");
        SERVICE.sent().confirmed().only();
    }

    @Test
    void healthAndMetricsShowTheProducer() throws Exception {
        assertThat(call(request(HEALTH).GET()).body())
                .contains("\"reliableMessage\":{", "\"refusedMessages\":0", "\"unavailableStores\":[]");
        orders.place("A-4");
        await().until(() -> settled() > 0);
    }

    @Test
    void anUnsignedCheckBackIsRefusedByItsSignatureOnly() throws Exception {
        var unsigned = call(request(CHECK).POST(ofString("{\"messages\":[]}")));

        assertThat(unsigned.statusCode()).isEqualTo(401);
        assertThat(unsigned.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(call(request(CHECK).POST(ofByteArray(new byte[1024 * 1024 + 1])))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void everythingElseStaysProtected() throws Exception {
        for (var request : new HttpRequest.Builder[] {
            request(ORDERS).GET(),
            request(CHECK).GET(),
            request(URI.create(CHECK + "/")).POST(noBody()),
            request(URI.create(CHECK + "/orders")).POST(noBody())
        }) {
            // 403: a POST without a CSRF token
            assertThat(call(request.header("Accept", "application/json")).statusCode())
                    .isIn(401, 403);
        }
        assertThat(call(request(ORDERS).GET()).statusCode()).isEqualTo(401);
    }

    private double settled() {
        return meters.get("reliable.message.producer.messages")
                .tag("outcome", "settled")
                .counter()
                .count();
    }

    private static void loseTheConfirmation() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                SERVICE.fail();
            }
        });
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> call(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
