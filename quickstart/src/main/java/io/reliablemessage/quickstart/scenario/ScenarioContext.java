package io.reliablemessage.quickstart.scenario;

import static io.reliablemessage.api.MessageState.CONSUMED;

import io.reliablemessage.api.MessageView;
import io.reliablemessage.client.ReliableMessageClient;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Gives a scenario the shop, an operator, the messages, an output and unused order numbers. */
final class ScenarioContext {

    private static final DateTimeFormatter RUN =
            DateTimeFormatter.ofPattern("yyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Shop shop;
    private final Operator operator;
    private final ReliableMessageClient messages;
    private final PrintStream out;
    private final String run = RUN.format(Instant.now());
    private final AtomicInteger orders = new AtomicInteger();

    ScenarioContext(Shop shop, Operator operator, ReliableMessageClient messages, PrintStream out) {
        this.shop = shop;
        this.operator = operator;
        this.messages = messages;
        this.out = out;
    }

    Shop shop() {
        return shop;
    }

    Operator operator() {
        return operator;
    }

    /** Unique over all starts, since the data are kept. */
    String newOrderNumber() {
        return "S-" + run + "-" + orders.incrementAndGet();
    }

    /** Prints something that happens now. */
    void print(String what, String detail) {
        print(null, what, detail);
    }

    /** @param after the first entry; null: printed without a time */
    void print(@Nullable Duration after, String what, String detail) {
        var time = after == null ? "" : String.format(Locale.ROOT, "%.2f s", after.toMillis() / 1000.0);
        out.printf("  %8s  %-11s %s%n", time, what, detail);
    }

    /** Prints the timeline of an order's message, with the commit of the order in it. */
    TimelinePrinter timelineOf(Shop.PlacedOrder order) {
        return timelineOf(order.message())
                .with(order.placedAt(), "committed", "order " + order.number() + " is in the shop's database");
    }

    TimelinePrinter timelineOf(String message) {
        return new TimelinePrinter(this, messages, message);
    }

    /** Places an order, which must succeed. */
    Shop.PlacedOrder place(String number, String customer, int points) {
        var answer = shop.place(number, customer, 100, points);
        require(answer.isPlaced(), "the shop refused order " + number + ": " + answer.reason());
        return order(number);
    }

    Shop.PlacedOrder order(String number) {
        return shop.order(number).orElseThrow(() -> new ScenarioFailed("there is no order " + number));
    }

    static boolean isConsumed(MessageView message) {
        return message.state() == CONSUMED;
    }

    /** Requires that each service acted once, however often the message was sent. */
    void requireEffectsOnce(String number, String customer, int points) {
        var booked = shop.pointsBooked(customer, number);
        var parcels = shop.parcelsOf(number);
        require(
                booked.equals(List.of(points)),
                "%d points should be booked once, but booked are %s".formatted(points, booked));
        require(parcels == 1, "one parcel should be packed, but packed are " + parcels);
        print("effects", points + " points booked, once; a parcel packed, once");
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ScenarioFailed(otherwise);
        }
    }
}
