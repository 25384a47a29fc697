package io.reliablemessage.quickstart.scenario;

import io.reliablemessage.api.MessageView;

/** The shop commits, and is dead before it can say so: it is asked, and its database answers. */
final class SilentShop implements Scenario {

    private static final String CUSTOMER = "cid";
    private static final int POINTS = 20;

    @Override
    public String title() {
        return "the shop dies between its commit and its confirmation, so its database is asked";
    }

    @Override
    public void play(ScenarioContext stage) {
        var number = stage.newOrderNumber();

        var status = stage.shop().placeAndDie(number, CUSTOMER, 100, POINTS);
        stage.require(status == 502, "the shop should die, but answered " + status);
        stage.tell("died", "the shop, right after its commit; its customer sees an error " + status);
        var order = stage.order(number);
        var message = stage.tellingOf(order)
                .knowing("CHECKED_BACK", "silence", "no confirmation was ever sent; the message waits, undecided")
                .until("consumed, after an answer", SilentShop::hasSpoken);
        stage.require("check-back".equals(message.decidedBy()), "it was decided by " + message.decidedBy());
        stage.requireEffectsOnce(number, CUSTOMER, POINTS);
    }

    private static boolean hasSpoken(MessageView message) {
        var asked = message.checkbacks();
        return ScenarioContext.isConsumed(message) && asked != null && "COMMITTED".equals(asked.lastAnswer());
    }
}
