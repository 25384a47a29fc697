package io.reliablemessage.quickstart.scenario;

/** An order commits, so its message is consumed. */
final class CommittedOrder implements Scenario {

    private static final String CUSTOMER = "ann";
    private static final int POINTS = 10;

    @Override
    public String title() {
        return "an order commits, so its message is delivered and consumed";
    }

    @Override
    public void play(ScenarioContext context) {
        var order = context.place(context.newOrderNumber(), CUSTOMER, POINTS);

        context.timelineOf(order).until("consumed", ScenarioContext::isConsumed);
        context.requireEffectsOnce(order.number(), CUSTOMER, POINTS);
    }
}
