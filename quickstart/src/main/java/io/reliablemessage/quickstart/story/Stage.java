package io.reliablemessage.quickstart.story;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.client.ReliableMessageClient;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What a story plays with: the shop, a look at messages, a voice, and order numbers nobody has used. */
final class Stage {

    /** Ten times what a busy machine needs. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final DateTimeFormatter RUN =
            DateTimeFormatter.ofPattern("yyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Shop shop;
    private final ReliableMessageClient messages;
    private final PrintStream out;
    private final String run = RUN.format(Instant.now());
    private final AtomicInteger orders = new AtomicInteger();

    Stage(Shop shop, ReliableMessageClient messages, PrintStream out) {
        this.shop = shop;
        this.messages = messages;
        this.out = out;
    }

    Shop shop() {
        return shop;
    }

    /** Unique over all starts, since the data are kept. */
    String newOrderNumber() {
        return "S-" + run + "-" + orders.incrementAndGet();
    }

    void tell(String what, String detail) {
        out.printf("           %-12s %s%n", what, detail);
    }

    /** Tells something that happened, in milliseconds after the beginning. */
    void tell(Instant beginning, Instant at, String what, String detail) {
        out.printf("  %5d ms %-12s %s%n", Duration.between(beginning, at).toMillis(), what, detail);
    }

    MessageView message(String id) {
        return messages.get(id);
    }

    MessageView awaitMessage(String id, MessageState wanted) {
        var deadline = Instant.now().plus(PATIENCE);
        var message = messages.get(id);
        while (message.state() != wanted && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            message = messages.get(id);
        }
        require(
                message.state() == wanted,
                "message %s is %s after %d s, not %s".formatted(id, message.state(), PATIENCE.toSeconds(), wanted));
        return message;
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new PromiseBroken(otherwise);
        }
    }
}
