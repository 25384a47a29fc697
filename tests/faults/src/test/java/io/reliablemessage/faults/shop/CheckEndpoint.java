package io.reliablemessage.faults.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.reliablemessage.api.CheckbackQuestion;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/** Answers check-backs from what is in the database, and from nothing else. */
final class CheckEndpoint implements HttpHandler {

    /** Well within the deadline of a check-back; unfinished messages get another one. */
    private static final Duration BUDGET = Duration.ofSeconds(1);

    private final Orders orders;
    private final String store;
    private final Webhook signature;
    private final JsonMapper json = new JsonMapper();

    CheckEndpoint(Orders orders, Webhook signature) {
        this.orders = orders;
        this.store = orders.store();
        this.signature = signature;
    }

    @Override
    public void handle(HttpExchange call) throws IOException {
        try (call) {
            var body = new String(call.getRequestBody().readAllBytes(), UTF_8);
            signature.verify(body, HttpHeaders.of(call.getRequestHeaders(), (name, value) -> true));
            var answer = json.writeValueAsString(answer(json.readValue(body, CheckbackQuestion.class)));
            sign(call, answer);
            var bytes = answer.getBytes(UTF_8);
            call.sendResponseHeaders(200, bytes.length);
            call.getResponseBody().write(bytes);
        } catch (WebhookVerificationException | WebhookSigningException forged) {
            System.out.printf("%s %s%n", Shop.SURPRISE, forged);
            call.sendResponseHeaders(401, -1);
        } catch (DataAccessException | TransactionException away) {
            call.sendResponseHeaders(503, -1);
        }
    }

    private void sign(HttpExchange call, String answer) throws WebhookSigningException {
        var id = call.getRequestHeaders().getFirst(Webhook.UNBRANDED_MSG_ID_KEY);
        var timestamp = Instant.now().getEpochSecond();
        var headers = call.getResponseHeaders();
        headers.set(Webhook.UNBRANDED_MSG_ID_KEY, id);
        headers.set(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(timestamp));
        headers.set(Webhook.UNBRANDED_MSG_SIGNATURE_KEY, signature.sign(id, timestamp, answer));
    }

    private Map<String, List<Map<String, String>>> answer(CheckbackQuestion question) {
        var end = Instant.now().plus(BUDGET);
        return Map.of(
                "decisions",
                question.messages().stream()
                        .takeWhile(asked -> Instant.now().isBefore(end))
                        .map(asked -> Map.of("id", asked.id(), "decision", decision(asked), "store", store))
                        .toList());
    }

    private String decision(CheckbackQuestion.Message asked) {
        return store.equals(asked.checkRef()) ? orders.outcome(asked.id()) : "UNKNOWN";
    }
}
