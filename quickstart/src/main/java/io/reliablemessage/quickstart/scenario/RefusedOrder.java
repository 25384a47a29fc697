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
    public void play(ScenarioContext context) {
        var number = context.newOrderNumber();

        var answer = context.shop().place(number, CUSTOMER, OVER_CREDIT, 500);
        context.require(answer.status() == 422, "the shop should refuse with 422, but answered " + answer.status());
        var message = context.timelineOf(answer.messageId())
                .withReason("CANCELLED", "rolled back", answer.reason() + "; there is no order " + number)
                .until("cancelled", view -> view.state() == CANCELLED);
        context.require(context.shop().order(number).isEmpty(), "the order is there though it was refused");
        context.require(message.deliveries().isEmpty(), "it has deliveries: " + message.deliveries());
        hasNoEffects(context, number);
    }

    private static void hasNoEffects(ScenarioContext context, String number) {
        var points = context.shop().pointsBooked(CUSTOMER, number);
        var parcels = context.shop().parcelsOf(number);
        context.require(points.isEmpty(), "points were booked: " + points);
        context.require(parcels == 0, "parcels were packed: " + parcels);
        context.print("effects", "no points booked, no parcel packed");
    }
}
