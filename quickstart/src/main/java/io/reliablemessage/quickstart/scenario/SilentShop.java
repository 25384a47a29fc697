package io.reliablemessage.quickstart.scenario;

import io.reliablemessage.api.MessageView;

/** The shop commits and crashes before it confirms: a check-back gets the answer from its database. */
final class SilentShop implements Scenario {

    private static final String CUSTOMER = "cid";
    private static final int POINTS = 20;

    @Override
    public String title() {
        return "the shop dies between its commit and its confirmation, so its database is asked";
    }

    @Override
    public void play(ScenarioContext context) {
        var number = context.newOrderNumber();

        var status = context.shop().placeAndDie(number, CUSTOMER, 100, POINTS);
        context.require(status == 502, "the shop should die, but answered " + status);
        context.print("died", "the shop, right after its commit; its customer sees an error " + status);
        var order = context.order(number);
        var message = context.timelineOf(order)
                .withReason("CHECKED_BACK", "silence", "no confirmation was ever sent; the message waits, undecided")
                .until("consumed, after an answer", SilentShop::hasAnswered);
        context.require("check-back".equals(message.decidedBy()), "it was decided by " + message.decidedBy());
        context.requireEffectsOnce(number, CUSTOMER, POINTS);
    }

    private static boolean hasAnswered(MessageView message) {
        var checkbacks = message.checkbacks();
        return ScenarioContext.isConsumed(message) && checkbacks != null && "COMMITTED".equals(checkbacks.lastAnswer());
    }
}
