package io.reliablemessage.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reliablemessage.api.ApplicationRequest;
import io.reliablemessage.api.CheckAnswers;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.client.MessageIds;
import io.reliablemessage.client.ReliableMessageClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Check-backs: signed as the service signs them, and their answers believed as it believes them. */
@ReliableMessagesTest(application = "orders", topics = "order.placed")
class InMemoryCheckbackTest {

    private static final String SECRET = "x3VbN0dJ5mO8pQ2rT4uW6yZ9aB1cD7eF+gH/iJkLmNo=";
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private final InMemoryMessageService service;
    private final ReliableMessageClient orders;
    private final HttpServer application;
    private volatile String decision = "COMMITTED";
    private volatile String store = "store-7";
    private volatile String answerSecret = SECRET;
    private volatile boolean wasSigned;
    private volatile String question = "";

    InMemoryCheckbackTest(InMemoryMessageService service, ReliableMessageClient orders) throws IOException {
        this.service = service;
        this.orders = orders;
        this.application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void register() {
        application.createContext("/", this::answer);
        application.start();
        register(CheckAnswers.SIGNED);
    }

    @AfterEach
    void stop() {
        application.stop(0);
    }

    @Test
    void aCommittedMessageIsConfirmedAndDelivered() {
        var id = prepared("store-7");

        assertThat(service.checkBack(id)).isEqualTo("COMMITTED");

        assertThat(wasSigned).isTrue();
        assertThat(question)
                .isEqualTo(
                        "{\"messages\":[{\"id\":\"%s\",\"topic\":\"order.placed\",\"key\":\"A-1\",\"checkRef\":\"store-7\",\"attempt\":1}]}"
                                .formatted(id));
        assertThat(service.sent().confirmed().only().id()).isEqualTo(id);
        assertThat(service.consumer("order.placed").next().id()).isEqualTo(id);
        assertThat(orders.get(id).decidedBy()).isEqualTo("check-back");
    }

    @Test
    void aRestoreForgetsTheCheckBacksAfterIt() {
        var id = prepared("store-7");
        decision = "UNKNOWN";
        service.checkBack(id);
        service.clock().advance(Duration.ofSeconds(1));
        var point = service.clock().instant();
        service.clock().advance(Duration.ofSeconds(1));
        decision = "COMMITTED";
        service.checkBack(id);

        service.restore(point);

        assertThat(service.sent().pending().only().id()).isEqualTo(id);
        assertThat(orders.get(id).checkbacks()).matches(checks -> checks.attempts() == 1);
        assertThat(orders.timeline(id).items()).hasSize(2);
        service.clock().advance(Duration.ofMinutes(1));
        assertThat(service.checkBackOverdue()).isOne();
        assertThat(question).contains("\"attempt\":2");
        service.sent().confirmed().only();
    }

    @Test
    void aRollbackCountsOnlyFromItsStore() {
        var id = prepared("store-7");
        decision = "ROLLED_BACK";
        store = "copy";
        assertThat(service.checkBack(id)).isEqualTo("UNKNOWN (ROLLED_BACK by another store)");
        service.sent().pending().only();

        store = "store-7";
        assertThat(service.checkBack(id)).isEqualTo("ROLLED_BACK");
        assertThat(service.sent().cancelled().only().id()).isEqualTo(id);
        assertThat(orders.get(id).checkbacks())
                .isNotNull()
                .extracting(MessageView.Checkbacks::attempts)
                .isEqualTo(2);
    }

    @Test
    void anAnswerOfSomebodyElseIsNone() {
        var id = prepared("store-7");
        answerSecret = Base64.getEncoder().encodeToString(new byte[32]);
        assertThat(service.checkBack(id)).isEqualTo("UNKNOWN (signed with another secret)");
        answerSecret = "";
        assertThat(service.checkBack(id)).isEqualTo("UNKNOWN (not signed)");

        register(CheckAnswers.UNSIGNED);
        assertThat(service.checkBack(id)).isEqualTo("COMMITTED");
    }

    @Test
    void anAnswerThatIsNotUnderstoodIsNone() {
        var id = prepared("store-7");
        decision = "COMMITTED\",\"surprise\":\"1";
        assertThat(service.checkBack(id)).isEqualTo("UNKNOWN (not understood)");
        decision = "PERHAPS";
        assertThat(service.checkBack(id)).isEqualTo("UNKNOWN");
        application.removeContext("/");
        assertThat(service.checkBack(id)).isEqualTo("UNKNOWN (status 404)");
        application.stop(0);
        assertThat(service.checkBack(id)).startsWith("UNKNOWN (no answer");
        assertThat(orders.get(id).state()).isEqualTo(MessageState.PENDING_CONFIRM);
    }

    @Test
    void onlyWhatIsOverdueIsAskedAbout() {
        prepared("store-7");
        assertThat(service.checkBackOverdue()).isZero();
        service.clock().advance(Duration.ofMinutes(1));
        decision = "UNKNOWN";
        assertThat(service.checkBackOverdue()).isEqualTo(1);
        assertThat(service.checkBackOverdue()).isZero();
        service.clock().advance(Duration.ofSeconds(20));
        decision = "COMMITTED";
        assertThat(service.checkBackOverdue()).isEqualTo(1);
        service.sent().confirmed().only();
    }

    @Test
    void whatIsDecidedOrHasNobodyToAskIsSaid() {
        var id = prepared("store-7");
        orders.registerApplication(ApplicationRequest.builder().build());
        assertThatThrownBy(() -> service.checkBack(id))
                .hasMessage("orders has registered no check URL (PUT /application)");
        orders.confirm(id);
        assertThatThrownBy(() -> service.checkBack(id)).hasMessageContaining("no undecided message " + id);
    }

    private void register(CheckAnswers answers) {
        orders.registerApplication(ApplicationRequest.builder()
                .checkUrl("http://127.0.0.1:%d/check"
                        .formatted(application.getAddress().getPort()))
                .checkSecret("whsec_" + SECRET)
                .checkAnswers(answers)
                .build());
    }

    private String prepared(String checkRef) {
        var id = MessageIds.next();
        orders.prepare(PrepareRequest.builder("order.placed", "A-1", 1)
                .id(id)
                .checkRef(checkRef)
                .build());
        return id;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            question = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var id = exchange.getRequestHeaders().getFirst("webhook-id");
            var time = exchange.getRequestHeaders().getFirst("webhook-timestamp");
            wasSigned = signature(SECRET, id, time, question)
                    .equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
            var message = ID.matcher(question);
            var body = "{\"decisions\":[{\"id\":\"%s\",\"decision\":\"%s\",\"store\":\"%s\"}]}"
                    .formatted(message.find() ? message.group(1) : "", decision, store);
            if (!answerSecret.isEmpty()) {
                exchange.getResponseHeaders().set("webhook-id", id);
                exchange.getResponseHeaders().set("webhook-timestamp", time);
                exchange.getResponseHeaders().set("webhook-signature", signature(answerSecret, id, time, body));
            }
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
        }
    }

    private static String signature(String secret, String id, String time, String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
            return "v1,"
                    + Base64.getEncoder()
                            .encodeToString(mac.doFinal(
                                    "%s.%s.%s".formatted(id, time, body).getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
