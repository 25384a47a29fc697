package io.reliablemessage.spring;

import io.reliablemessage.spring.internal.sending.TransactionalSender;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends messages with the current transaction: they are delivered if it commits, and only then.
 *
 * <p>{@code send} writes a row on the connection of the transaction; nothing else happens before the commit begins, so a
 * transaction that rolls back early has called nobody. Safe for use by many threads.
 */
public final class ReliableMessages {

    private final TransactionalSender sender;
    private final SendMode mode;
    private final @Nullable PlatformTransactionManager transactions;

    ReliableMessages(TransactionalSender sender, SendMode mode, @Nullable PlatformTransactionManager transactions) {
        this.sender = sender;
        this.mode = mode;
        this.transactions = transactions;
    }

    /**
     * Writes a message into the current transaction.
     *
     * @param key business key, such as an order number
     * @param payload written as JSON; {@link io.reliablemessage.api.RawJson} for what is JSON already
     * @return the message's id
     * @throws IllegalStateException there is no transaction that it could be written in
     * @throws IllegalArgumentException the message can never be sent
     */
    public String send(String topic, String key, @Nullable Object payload) {
        return to(topic).key(key).send(payload);
    }

    /** Starts a message that has more to it than topic, key and payload. */
    public MessageDraft to(String topic) {
        return new MessageDraft(topic, this::write);
    }

    /** Runs code that has no transaction of its own in one. */
    public void inTransaction(Runnable code) {
        template().executeWithoutResult(status -> code.run());
    }

    /** The same with a result. */
    public <T extends @Nullable Object> T inTransaction(Supplier<T> code) {
        return template().execute(status -> code.get());
    }

    private TransactionTemplate template() {
        if (transactions == null) {
            throw new IllegalStateException(
                    "inTransaction needs a transaction manager: give MessageProducer.builder(…) one, or put"
                            + " @Transactional on the calling method");
        }
        return new TransactionTemplate(transactions);
    }

    private String write(MessageDraft draft, @Nullable Object payload) {
        var content = new TransactionalSender.Content(
                draft.payloadEncoding(),
                draft.contentType(),
                draft.headers(),
                draft.deliverAt(),
                draft.delay(),
                draft.checkAfter());
        var isHalf = draft.modeOr(mode) == SendMode.HALF;
        return sender.send(draft.topic(), draft.key(), payload, content, isHalf);
    }
}
