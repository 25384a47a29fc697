package io.reliablemessage.quickstart.scenario;

import io.reliablemessage.api.MessageView;

/** A consumer is away and loses what it is sent: it is sent again, until the consumer is back. */
final class AbsentConsumer implements Scenario {

    private static final String CUSTOMER = "dan";
    private static final int POINTS = 30;

    @Override
    public String title() {
        return "the points service is away for a while, so the message is sent again until it is back";
    }

    @Override
    public void play(ScenarioContext stage) {
        stage.shop().beginPointsOutage();
        stage.tell("away", "the points service; what it is sent now is lost");
        try {
            var order = stage.placed(stage.newOrderNumber(), CUSTOMER, POINTS);
            var telling = stage.tellingOf(order);
            telling.until("sent to points again", AbsentConsumer::isSentAgain);
            var booked = stage.shop().pointsBooked(CUSTOMER, order.number());
            stage.require(booked.isEmpty(), "points were booked by a service that is away: " + booked);

            stage.shop().endPointsOutage();
            stage.tell("back", "the points service is there again");
            telling.until("consumed", ScenarioContext::isConsumed);
            stage.requireEffectsOnce(order.number(), CUSTOMER, POINTS);
        } finally {
            stage.shop().endPointsOutage();
        }
    }

    private static boolean isSentAgain(MessageView message) {
        return message.deliveries().stream()
                .anyMatch(delivery -> delivery.subscription().equals("points") && delivery.attempts() > 1);
    }
}
