package io.reliablemessage.test.internal.messages;

import static io.reliablemessage.api.ProblemType.AMBIGUOUS_SUBSCRIPTION;
import static io.reliablemessage.api.ProblemType.INTERNAL_ERROR;

import io.reliablemessage.test.internal.http.Guard;
import io.reliablemessage.test.internal.http.MessageId;
import io.reliablemessage.test.internal.http.Problem;
import io.reliablemessage.test.internal.http.Texts;
import io.reliablemessage.test.internal.registry.Registry;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Settles deliveries by the acks and rejects of their consumers. Guarded by {@link Guard}. */
public final class Acknowledgements {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int MAX_REASON = 1000;

    private final Clock clock;
    private final Registry registry;
    private final Ledger ledger;

    public Acknowledgements(Clock clock, Registry registry, Ledger ledger) {
        this.clock = clock;
        this.registry = registry;
        this.ledger = ledger;
    }

    /**
     * @param subscription null: the application's only delivery of the message
     * @param error why the consumer rejects it
     */
    public StoredDelivery settle(
            MessageId id, @Nullable String subscription, String application, Step step, @Nullable String error) {
        var message = ledger.find(id).orElseThrow(() -> Problem.messageNotFound(id));
        var own = message.deliveries.values().stream()
                .filter(delivery -> delivery.application.equals(application))
                .toList();
        var named = own.stream()
                .filter(delivery -> subscription == null ? own.size() == 1 : delivery.subscription.equals(subscription))
                .findFirst();
        return named.map(delivery -> settle(message, delivery, step, error))
                .orElseThrow(() -> explain(message, subscription, application, step, own));
    }

    private StoredDelivery settle(StoredMessage message, StoredDelivery delivery, Step step, @Nullable String error) {
        if (delivery.isConsumerDead) {
            throw new Problem(INTERNAL_ERROR, "ConsumerProbe let the consumer die before it could answer.");
        }
        if (step.isAllowedFrom(delivery.state)) {
            var was = delivery.state;
            var now = clock.instant();
            delivery.finish(step, error, now);
            var isLate = step == Step.ACK && was != Step.REVIVE.to();
            message.record(
                    now,
                    isLate ? "LATE_ACK" : step.to().name(),
                    delivery.subscription,
                    delivery.application,
                    isLate ? "was " + was : error);
        } else if (delivery.state != step.to()) {
            throw refused(message, delivery, step, "The subscription has already answered otherwise.");
        } else if (error != null && !codeOf(error).equals(codeOf(String.valueOf(delivery.lastError)))) {
            throw refused(
                    message,
                    delivery,
                    step,
                    "The subscription has already rejected it with the code %s, which stands."
                            .formatted(codeOf(String.valueOf(delivery.lastError))));
        }
        return delivery;
    }

    private static Problem refused(StoredMessage message, StoredDelivery delivery, Step step, String detail) {
        return Problem.refused(message.id, step.name(), delivery.state, detail)
                .with("subscription", delivery.subscription);
    }

    private static String codeOf(String rejection) {
        return rejection.split(":", 2)[0];
    }

    private Problem explain(
            StoredMessage message,
            @Nullable String subscription,
            String application,
            Step step,
            List<StoredDelivery> own) {
        var subscribes = registry.subscriptionsTo(message.content.topic())
                .anyMatch(one -> one.application().equals(application)
                        && (subscription == null || one.name().equals(subscription)));
        if (message.decision != Decision.CONFIRMED && subscribes) {
            return Problem.refused(message.id, step.name(), message.shown(), "It was never sent to anybody.");
        }
        if (subscription != null || own.size() < 2) {
            return Problem.messageNotFound(message.id);
        }
        return new Problem(
                        AMBIGUOUS_SUBSCRIPTION,
                        "Name the subscription; message %s goes to several of yours.".formatted(message.id))
                .with("messageId", message.id)
                .with("subscriptions", own.stream().map(one -> one.subscription).toList());
    }

    /** A rejection's code and reason as one line. */
    public static String rejection(@Nullable String code, @Nullable String reason) {
        if (code == null || !CODE.matcher(code).matches()) {
            throw Problem.invalid("code takes 1 to 100 letters, digits, '.', '_' and '-', such as ACCOUNT_CLOSED.");
        }
        if (reason == null) {
            return code;
        }
        Problem.require(
                Texts.bytes(reason) <= MAX_REASON && Texts.isWellFormed(reason),
                "reason takes at most %d bytes of text.".formatted(MAX_REASON));
        var line = Texts.oneLine(reason).strip();
        return Texts.isVisible(line) ? code + ": " + line : code;
    }
}
