package io.reliablemessage.quickstart.scenario;

import static io.reliablemessage.api.MessageState.DEAD;

/** A consumer fails on one message every time: it dies, visibly, and an operator sends it again after the repair. */
final class PoisonMessage implements Scenario {

    private static final String CUSTOMER = "eve";
    private static final int POINTS = 40;

    @Override
    public String title() {
        return "the stock service fails on an order every time, until it is mended and an operator resends";
    }

    @Override
    public void play(ScenarioContext stage) {
        var number = stage.newOrderNumber();
        stage.shop().breakStockFor(number);
        stage.tell("broken", "the stock service: a bug that shows with order " + number);
        try {
            var order = stage.placed(number, CUSTOMER, POINTS);
            var telling = stage.tellingOf(order);
            telling.until("dead", message -> message.state() == DEAD);
            stage.require(stage.shop().parcelsOf(number) == 0, "a parcel was packed by a handler that failed");

            stage.shop().mendStockFor(number);
            stage.tell("mended", "the bug is gone; the message stays dead until somebody decides");
            stage.operator().resend(order.message(), "stock", "the bug is mended");
            telling.until("consumed", ScenarioContext::isConsumed);
            stage.requireEffectsOnce(number, CUSTOMER, POINTS);
        } finally {
            stage.shop().mendStockFor(number);
        }
    }
}
