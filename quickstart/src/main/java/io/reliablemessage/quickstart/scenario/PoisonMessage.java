package io.reliablemessage.quickstart.scenario;

import static io.reliablemessage.api.MessageState.DEAD;

/** A consumer always fails on one message: the delivery dies, and an operator resends it after the fix. */
final class PoisonMessage implements Scenario {

    private static final String CUSTOMER = "eve";
    private static final int POINTS = 40;

    @Override
    public String title() {
        return "the stock service fails on an order every time, until it is fixed and an operator resends";
    }

    @Override
    public void play(ScenarioContext context) {
        var number = context.newOrderNumber();
        context.shop().breakStockFor(number);
        context.print("broken", "the stock service: a bug that shows with order " + number);
        try {
            var order = context.place(number, CUSTOMER, POINTS);
            var timeline = context.timelineOf(order);
            timeline.until("dead", message -> message.state() == DEAD);
            context.require(context.shop().parcelsOf(number) == 0, "a parcel was packed by a handler that failed");

            context.shop().fixStockFor(number);
            context.print("fixed", "the bug is gone; the message stays dead until an operator acts");
            context.operator().resend(order.message(), "stock", "the bug is fixed");
            timeline.until("consumed", ScenarioContext::isConsumed);
            context.requireEffectsOnce(number, CUSTOMER, POINTS);
        } finally {
            context.shop().fixStockFor(number);
        }
    }
}
