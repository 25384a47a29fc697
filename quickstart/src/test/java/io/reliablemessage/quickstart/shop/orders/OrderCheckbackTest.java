package io.reliablemessage.quickstart.shop.orders;

import static io.reliablemessage.api.CheckbackDecision.COMMITTED;
import static io.reliablemessage.api.CheckbackDecision.ROLLED_BACK;
import static io.reliablemessage.api.CheckbackDecision.UNKNOWN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import io.reliablemessage.api.CheckbackAnswer;
import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.api.CheckbackQuestion;
import io.reliablemessage.client.MessageIds;
import io.reliablemessage.quickstart.shop.ShopDatabase;
import io.reliablemessage.quickstart.shop.ShopProperties;
import io.reliablemessage.testing.Infrastructure;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** What the order service answers when it is asked whether an order stands. */
class OrderCheckbackTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER_SECRET = "whsec_x3VbN0dJ5mO8pQ2rT4uW6yZ9aB1cD7eF";

    private final JsonMapper json = new JsonMapper();
    private final ShopProperties shop = shop();
    private final ShopDatabase database = ShopDatabase.open(shop.orders().database(), "shop/orders.sql");
    private final MarkerStore markers = new MarkerStore(database);
    private final OrderStore orders = new OrderStore(database);
    private final String message = MessageIds.next();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anOrderThatCommittedStands() throws Exception {
        place(message);

        assertThat(decision(message, markers.storeId())).isEqualTo(COMMITTED);
    }

    @Test
    void nothingIsKnownWhileTheTransactionIsOpen() {
        database.transaction().executeWithoutResult(open -> {
            insert(message);
            assertThat(inAnotherThread(() -> decision(message, markers.storeId())))
                    .isEqualTo(UNKNOWN);
        });

        assertThat(inAnotherThread(() -> decision(message, markers.storeId()))).isEqualTo(COMMITTED);
    }

    @Test
    void whatIsSaidToBeRolledBackNeverCommits() throws Exception {
        assertThat(decision(message, markers.storeId())).isEqualTo(ROLLED_BACK);

        assertThatThrownBy(() -> place(message)).isInstanceOf(MarkerStore.TooLate.class);
        assertThat(orders.find("A-1")).isEmpty();
        assertThat(decision(message, markers.storeId())).isEqualTo(ROLLED_BACK);
    }

    @Test
    void aTransactionThatRolledBackIsSaidToHave() throws Exception {
        database.transaction().executeWithoutResult(tx -> {
            insert(message);
            tx.setRollbackOnly();
        });

        assertThat(decision(message, markers.storeId())).isEqualTo(ROLLED_BACK);
    }

    @Test
    void nothingIsKnownOfWhatWasPreparedElsewhere() throws Exception {
        assertThat(decision(message, "another store")).isEqualTo(UNKNOWN);
        assertThat(decision(message, null)).isEqualTo(UNKNOWN);

        place(message);
    }

    @Test
    void strangersGetNoAnswer() throws Exception {
        var body = body(message, markers.storeId());

        assertThat(ask(body, signed(SECRET, body, Instant.now()))
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
        assertThat(ask(body, signed(OTHER_SECRET, body, Instant.now()))
                        .getStatusCode()
                        .value())
                .isEqualTo(401);
        assertThat(ask(body, signed(SECRET, body + " ", Instant.now()))
                        .getStatusCode()
                        .value())
                .isEqualTo(401);
        assertThat(ask(body, signed(SECRET, body, Instant.now().minus(Duration.ofMinutes(6))))
                        .getStatusCode()
                        .value())
                .isEqualTo(401);
        assertThat(ask(body, List.of()).getStatusCode().value()).isEqualTo(401);
    }

    private void place(String id) {
        database.transaction().executeWithoutResult(tx -> insert(id));
    }

    private void insert(String id) {
        markers.mark(id);
        orders.insert(new Order("A-1", "ann", BigDecimal.TEN, 10), id);
    }

    private CheckbackDecision decision(String id, @Nullable String checkRef) throws Exception {
        var body = body(id, checkRef);
        var response = ask(body, signed(SECRET, body, Instant.now()));
        var signed = new String(Objects.requireNonNull(response.getBody()), UTF_8);
        new Webhook(SECRET)
                .verify(
                        signed,
                        HttpHeaders.of(
                                response.getHeaders().headerSet().stream()
                                        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)),
                                (name, value) -> true));
        assertThat(response.getHeaders().getFirst("webhook-id")).isEqualTo("check_1");
        var answer = json.readValue(signed, CheckbackAnswer.class);
        assertThat(answer.decisions())
                .singleElement()
                .satisfies(item -> assertThat(item.id()).isEqualTo(id))
                .satisfies(item ->
                        assertThat(item.store()).isEqualTo(item.decision() == UNKNOWN ? null : markers.storeId()));
        return answer.decisions().getFirst().decision();
    }

    private ResponseEntity<byte[]> ask(String body, List<String> signature) throws Exception {
        var request = RequestEntity.post(URI.create("http://localhost/checkbacks"));
        if (!signature.isEmpty()) {
            request.header("Webhook-Id", signature.get(0))
                    .header("Webhook-Timestamp", signature.get(1))
                    .header("Webhook-Signature", signature.get(2));
        }
        return new CheckbackController(markers, json, shop).answer(request.body(body.getBytes(UTF_8)));
    }

    private static List<String> signed(String secret, String body, Instant at) throws Exception {
        return List.of(
                "check_1",
                Long.toString(at.getEpochSecond()),
                new Webhook(secret).sign("check_1", at.getEpochSecond(), body));
    }

    private String body(String id, @Nullable String checkRef) {
        return json.writeValueAsString(
                new CheckbackQuestion(List.of(new CheckbackQuestion.Message(id, "order.placed", "A-1", checkRef, 1))));
    }

    private static <T> T inAnotherThread(java.util.concurrent.Callable<T> question) {
        try (var threads = java.util.concurrent.Executors.newSingleThreadExecutor()) {
            return threads.submit(question).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static ShopProperties shop() {
        var given = Infrastructure.postgres().newDatabase();
        var database = new ShopProperties.Database(given.url(), given.username(), given.password());
        var consumer = new ShopProperties.Consumer("key", database, List.of(), null);
        return new ShopProperties(
                URI.create("http://localhost"),
                true,
                new ShopProperties.Producer("key", database, "http://localhost", SECRET, Duration.ofSeconds(3)),
                consumer,
                consumer);
    }
}
