package io.reliablemessage.quickstart.scenario;

/** The order is there, so its message is consumed. */
final class CommittedOrder implements Scenario {

    private static final String CUSTOMER = "ann";
    private static final int POINTS = 10;

    @Override
    public String title() {
        return "an order commits, so its message is delivered and consumed";
    }

    @Override
    public void play(ScenarioContext stage) {
        var order = stage.placed(stage.newOrderNumber(), CUSTOMER, POINTS);

        stage.tellingOf(order).until("consumed", ScenarioContext::isConsumed);
        stage.requireEffectsOnce(order.number(), CUSTOMER, POINTS);
    }
}
