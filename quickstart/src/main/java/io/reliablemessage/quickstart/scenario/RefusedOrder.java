package io.reliablemessage.quickstart.scenario;

import static io.reliablemessage.api.MessageState.CANCELLED;

/** The business fails after the half message was stored, so nobody ever receives it. */
final class RefusedOrder implements Scenario {

    private static final String CUSTOMER = "bob";
    private static final int OVER_CREDIT = 5_000;

    @Override
    public String title() {
        return "an order's business fails, so its message is never delivered";
    }

    @Override
    public void play(ScenarioContext stage) {
        var number = stage.newOrderNumber();

        var answer = stage.shop().place(number, CUSTOMER, OVER_CREDIT, 500);
        stage.require(answer.status() == 422, "the shop should refuse with 422, but answered " + answer.status());
        var message = stage.tellingOf(answer.messageId())
                .knowing("CANCELLED", "rolled back", answer.reason() + "; there is no order " + number)
                .until("cancelled", view -> view.state() == CANCELLED);
        stage.require(stage.shop().order(number).isEmpty(), "the order is there though it was refused");
        stage.require(message.deliveries().isEmpty(), "it has deliveries: " + message.deliveries());
        hasNoEffects(stage, number);
    }

    private static void hasNoEffects(ScenarioContext stage, String number) {
        var points = stage.shop().pointsBooked(CUSTOMER, number);
        var parcels = stage.shop().parcelsOf(number);
        stage.require(points.isEmpty(), "points were booked: " + points);
        stage.require(parcels == 0, "parcels were packed: " + parcels);
        stage.tell("effects", "no points booked, no parcel packed");
    }
}
