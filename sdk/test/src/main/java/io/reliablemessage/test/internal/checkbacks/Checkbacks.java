package io.reliablemessage.test.internal.checkbacks;

import io.reliablemessage.api.CheckAnswers;
import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.test.internal.http.Guard;
import io.reliablemessage.test.internal.http.Json;
import io.reliablemessage.test.internal.http.MessageId;
import io.reliablemessage.test.internal.http.Problem;
import io.reliablemessage.test.internal.messages.Decision;
import io.reliablemessage.test.internal.messages.Ledger;
import io.reliablemessage.test.internal.messages.StoredMessage;
import io.reliablemessage.test.internal.messages.Views;
import io.reliablemessage.test.internal.registry.Registry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks producers about half messages, as the status checker does, and applies what they answer. */
public final class Checkbacks {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final Duration MAX_INTERVAL = Duration.ofMinutes(5);
    private static final String ACTOR = "check-back";
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(DEADLINE)
            .build();

    private final Clock clock;
    private final Guard guard;
    private final Registry registry;
    private final Ledger ledger;

    public Checkbacks(Clock clock, Guard guard, Registry registry, Ledger ledger) {
        this.clock = clock;
        this.guard = guard;
        this.registry = registry;
        this.ledger = ledger;
    }

    /** What one request is made of; taken under the lock, sent without it. */
    private record Question(
            MessageId id,
            URI url,
            CheckAnswers answers,
            List<byte[]> secrets,
            @Nullable String checkRef,
            int attempt) {}

    /** Those whose producer has not decided in time. */
    public List<MessageId> overdue() {
        return guard.call(() -> ledger.all().stream()
                .filter(StoredMessage::isPending)
                .filter(message -> message.checkDueAt != null && !message.checkDueAt.isAfter(clock.instant()))
                .filter(message -> registry.endpoint(message.producer).url() != null)
                .map(message -> message.id)
                .toList());
    }

    /** Asks about one message now, whether it is overdue or not. */
    public String ask(MessageId id) {
        var question = guard.call(() -> question(pending(id)));
        var body = guard.call(() -> body(pending(id), question.attempt()));
        var answer = exchange(question, body);
        guard.run(() -> apply(question, answer));
        return answer.text();
    }

    private StoredMessage pending(MessageId id) {
        return ledger.find(id)
                .filter(StoredMessage::isPending)
                .orElseThrow(() -> new IllegalStateException("There is no undecided message " + id));
    }

    private Question question(StoredMessage message) {
        var endpoint = registry.endpoint(message.producer);
        if (endpoint.url() == null) {
            throw new IllegalStateException(
                    "%s has registered no check URL (PUT /application)".formatted(message.producer));
        }
        return new Question(
                message.id,
                endpoint.url(),
                endpoint.answers(),
                endpoint.validSecrets(clock.instant()),
                message.checkRef,
                message.checkAttempts + 1);
    }

    private static byte[] body(StoredMessage message, int attempt) {
        var item = new LinkedHashMap<String, Object>();
        item.put("id", message.id);
        item.put("topic", message.content.topic());
        item.put("key", message.content.key());
        Views.putIfThere(item, "checkRef", message.checkRef);
        item.put("attempt", attempt);
        return Json.write(Map.of("messages", List.of(item)));
    }

    private static CheckbackReply exchange(Question question, byte[] body) {
        var now = Instant.now(); // both ends of a signature compare it with the system's time
        var id = "check_" + UUID.randomUUID();
        var signature = Signature.of(question.secrets(), id, now.getEpochSecond(), body);
        var request = HttpRequest.newBuilder(question.url())
                .timeout(DEADLINE)
                .header("Content-Type", "application/json")
                .header(Signature.ID, signature.id())
                .header(Signature.TIMESTAMP, signature.timestamp())
                .header(Signature.SIGNATURES, signature.signatures())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return send(request)
                .map(response -> question.answers() == CheckAnswers.SIGNED
                        ? CheckbackReply.signed(response, id, now, question.secrets())
                        : CheckbackReply.unsigned(response))
                .map(reply -> reply.about(question.id(), question.checkRef()))
                .orElseGet(() -> CheckbackReply.unknown("no answer within " + DEADLINE));
    }

    private static Optional<HttpResponse<byte[]>> send(HttpRequest request) {
        var response = HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return Optional.of(response.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failed) {
            if (failed.getCause() != null && !(failed.getCause() instanceof IOException)) {
                throw new IllegalStateException("the check URL cannot be called", failed.getCause());
            }
        }
        response.cancel(true);
        return Optional.empty();
    }

    private void apply(Question question, CheckbackReply reply) {
        ledger.find(question.id()).filter(StoredMessage::isPending).ifPresent(message -> {
            message.checkAttempts = question.attempt();
            message.checkAnswer = reply.text();
            message.checkDueAt = clock.instant().plus(intervalAfter(question.attempt()));
            message.record(clock.instant(), "CHECKED_BACK", null, message.producer, reply.text());
            decisionOf(reply.decision()).ifPresent(decision -> decide(message, decision));
        });
    }

    /** A message that nobody subscribes to any more stays undecided. */
    private void decide(StoredMessage message, Decision decision) {
        try {
            ledger.decide(message.id, message.producer, decision, ACTOR);
        } catch (Problem unroutable) {
            message.checkAnswer =
                    "%s (%s)".formatted(message.checkAnswer, unroutable.type().title());
        }
    }

    private static Optional<Decision> decisionOf(CheckbackDecision answered) {
        return switch (answered) {
            case COMMITTED -> Optional.of(Decision.CONFIRMED);
            case ROLLED_BACK -> Optional.of(Decision.CANCELLED);
            case UNKNOWN -> Optional.empty();
        };
    }

    private static Duration intervalAfter(int attempts) {
        var interval = LEASE.multipliedBy(1L << Math.min(attempts - 1, 4));
        return interval.compareTo(MAX_INTERVAL) < 0 ? interval : MAX_INTERVAL;
    }
}
