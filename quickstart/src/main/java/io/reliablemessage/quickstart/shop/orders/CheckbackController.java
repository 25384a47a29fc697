package io.reliablemessage.quickstart.shop.orders;

import static com.standardwebhooks.Webhook.UNBRANDED_MSG_ID_KEY;
import static com.standardwebhooks.Webhook.UNBRANDED_MSG_SIGNATURE_KEY;
import static com.standardwebhooks.Webhook.UNBRANDED_MSG_TIMESTAMP_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.reliablemessage.api.CheckbackAnswer;
import io.reliablemessage.api.CheckbackQuestion;
import io.reliablemessage.quickstart.shop.ShopProperties;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Answers the check-backs of the message service. */
@RestController
class CheckbackController {

    private static final Logger log = LoggerFactory.getLogger(CheckbackController.class);

    private final MarkerStore markers;
    private final JsonMapper json;
    private final Webhook signature;

    CheckbackController(MarkerStore markers, JsonMapper json, ShopProperties shop) throws EmptyWebhookSecretException {
        this.markers = markers;
        this.json = json;
        this.signature = new Webhook(shop.orders().checkSecret());
    }

    @PostMapping("/checkbacks")
    ResponseEntity<byte[]> answer(RequestEntity<byte[]> request) throws WebhookSigningException {
        var body = new String(request.getBody() == null ? new byte[0] : request.getBody(), UTF_8);
        var headers = headers(request);
        try {
            signature.verify(body, headers);
        } catch (WebhookVerificationException e) {
            log.atWarn().log("a check-back that is not from the message service: {}", e.getMessage());
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        var decisions = json.readValue(body, CheckbackQuestion.class).messages().stream()
                .map(this::outcome)
                .toList();
        return signed(headers.firstValue(UNBRANDED_MSG_ID_KEY).orElseThrow(), new CheckbackAnswer(decisions));
    }

    /** With the id of the request, or the message service does not believe it. */
    private ResponseEntity<byte[]> signed(String id, CheckbackAnswer answer) throws WebhookSigningException {
        var body = json.writeValueAsString(answer);
        var now = Instant.now().getEpochSecond();
        return ResponseEntity.ok()
                .header(UNBRANDED_MSG_ID_KEY, id)
                .header(UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(now))
                .header(UNBRANDED_MSG_SIGNATURE_KEY, signature.sign(id, now, body))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body.getBytes(UTF_8));
    }

    /**
     * A message that was not prepared with this database (but by hand, for example) is not in it, which proves nothing.
     */
    private CheckbackAnswer.Item outcome(CheckbackQuestion.Message message) {
        return markers.storeId().equals(message.checkRef())
                ? markers.outcome(message.id())
                : MarkerStore.unknown(message.id());
    }

    private static HttpHeaders headers(RequestEntity<?> request) {
        var all = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        request.getHeaders().forEach(all::put);
        return HttpHeaders.of(all, (name, value) -> true);
    }
}
