package io.reliablemessage.service.checkback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.adminapi.jobs.CheckbackLeases;
import io.reliablemessage.adminapi.jobs.CheckbackLeases.Lease;
import io.reliablemessage.api.CheckbackQuestion;
import io.reliablemessage.service.checkback.CheckbackEndpoints.Endpoint;
import io.reliablemessage.service.checkback.CheckbackLeaseStore.Claimed;
import io.reliablemessage.service.checkback.CheckbackLeaseStore.Message;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.webhook.Signature;
import io.reliablemessage.webhook.WebhookSecrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Leases a request per application in turn, so that a long backlog or a hanging endpoint delays no other. */
@Component
class CheckbackLeasing {

    private static final Logger log = LoggerFactory.getLogger(CheckbackLeasing.class);

    static final Duration PROBE_RETRY = Duration.ofMinutes(5);

    private final CheckbackLeaseStore messages;
    private final CheckbackEndpoints endpoints;
    private final LedgerTransactions ledger;
    private final JsonMapper json;
    private final CheckbackProperties properties;

    CheckbackLeasing(
            CheckbackLeaseStore messages,
            CheckbackEndpoints endpoints,
            LedgerTransactions ledger,
            JsonMapper json,
            CheckbackProperties properties) {
        this.messages = messages;
        this.endpoints = endpoints;
        this.ledger = ledger;
        this.json = json;
        this.properties = properties;
    }

    CheckbackLeases lease(int limit) {
        messages.clear();
        var requests = new ArrayList<Lease>();
        var more = false;
        for (var application : messages.producersToAsk(properties.isProbing())) {
            if (requests.size() == limit) {
                return new CheckbackLeases(requests, true);
            }
            try {
                var batch = claim(application);
                batch.map(this::request).ifPresent(requests::add);
                more |= batch.filter(Batch::isFull).isPresent();
            } catch (RuntimeException failed) {
                // The others get their turn, and this one the next call's.
                log.atWarn()
                        .addKeyValue("application", application)
                        .setCause(failed)
                        .log("half messages of an application could not be leased");
            }
        }
        return new CheckbackLeases(requests, more);
    }

    private Optional<Batch> claim(String application) {
        try {
            return ledger.commit(() -> endpoints.lock(application).flatMap(this::claim));
        } catch (WebhookSecrets.UnreadableSecret unopened) {
            log.atError()
                    .addKeyValue("application", application)
                    .setCause(unopened)
                    .log("no check-backs for an application: its secret cannot be decrypted");
            return Optional.empty();
        }
    }

    /**
     * After a failure, half as many messages: one of them may break the endpoint, or they are too many for its time.
     */
    private Optional<Batch> claim(Endpoint endpoint) {
        if (properties.isProbing() && endpoint.isProbeDue()) {
            var probe = messages.probe(endpoint.application(), properties.lease(), PROBE_RETRY);
            return Optional.of(new Batch(endpoint, probe, Integer.MAX_VALUE));
        }
        var limit = Math.max(1, properties.batch() >> Math.min(endpoint.failures(), Integer.SIZE - 2));
        var isTried = endpoint.failures() >= properties.backOffAfter();
        return messages.claim(endpoint.application(), limit, isTried ? 1 : properties.concurrency(), properties.lease())
                .map(claimed -> new Batch(endpoint, claimed, limit));
    }

    private Lease request(Batch batch) {
        var claimed = batch.claimed;
        var body = json.writeValueAsString(new CheckbackQuestion(
                claimed.messages().stream().map(CheckbackLeasing::asked).toList()));
        var signature = Signature.of(
                batch.endpoint.secrets(),
                AnswerSignatures.idOf(claimed.lease()),
                claimed.leasedAt().getEpochSecond(),
                body.getBytes(UTF_8));
        var headers = new HashMap<>(signature.headers());
        headers.put("content-type", "application/json");
        headers.put("accept", "application/json");
        return new Lease(
                claimed.lease().toString(),
                claimed.expiresAt(),
                batch.endpoint.application(),
                batch.endpoint.url(),
                headers,
                body,
                properties.deadline());
    }

    private static CheckbackQuestion.Message asked(Message message) {
        return new CheckbackQuestion.Message(
                message.id().toString(), message.topic(), message.key(), message.checkRef(), message.attempts() + 1);
    }

    private record Batch(Endpoint endpoint, Claimed claimed, int limit) {
        boolean isFull() {
            return claimed.messages().size() == limit;
        }
    }
}
