package io.reliablemessage.quickstart.story;

import static io.reliablemessage.api.MessageState.CONSUMED;

import io.reliablemessage.api.MessageView;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The order is there, so its message is consumed. */
final class CommittedOrder implements Story {

    private static final String CUSTOMER = "ann";

    @Override
    public String title() {
        return "an order commits, so its message is delivered and consumed";
    }

    @Override
    public void play(Stage stage) {
        var number = stage.newOrderNumber();

        var answer = stage.shop().place(number, CUSTOMER, 100, 10);
        stage.require(answer.isPlaced(), "the shop refused order " + number + ": " + answer.reason());
        var message = stage.awaitMessage(answer.messageId(), CONSUMED);
        var order = stage.shop().order(number).orElseThrow();

        var beginning = message.createdAt();
        stage.tell(beginning, beginning, "prepared", "half message " + message.id() + ", nobody receives it yet");
        stage.tell(beginning, order.placedAt(), "committed", "order " + number + " is in the shop's database");
        stage.tell(
                beginning, Objects.requireNonNull(message.decidedAt()), "confirmed", "delivery is certain from here");
        inOrder(message)
                .forEach(delivery -> stage.tell(
                        beginning,
                        Objects.requireNonNull(delivery.finishedAt()),
                        "consumed",
                        "by " + delivery.subscription() + ", attempt " + delivery.attempts()));
        hasEffectsOnce(stage, number);
    }

    private static void hasEffectsOnce(Stage stage, String number) {
        var points = stage.shop().pointsBooked(CUSTOMER, number);
        var parcels = stage.shop().parcelsOf(number);
        stage.tell("effects", "points booked " + points + ", parcels packed " + parcels);
        stage.require(points.equals(List.of(10)), "10 points should be booked once, but booked are " + points);
        stage.require(parcels == 1, "one parcel should be packed, but packed are " + parcels);
    }

    private static List<MessageView.Delivery> inOrder(MessageView message) {
        return message.deliveries().stream()
                .sorted(Comparator.comparing(delivery -> Objects.requireNonNull(delivery.finishedAt())))
                .toList();
    }
}
