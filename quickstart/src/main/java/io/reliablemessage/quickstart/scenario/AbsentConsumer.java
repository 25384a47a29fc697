package io.reliablemessage.quickstart.scenario;

import io.reliablemessage.api.MessageView;

/** A consumer is down and loses its messages: they are sent again until it is back. */
final class AbsentConsumer implements Scenario {

    private static final String CUSTOMER = "dan";
    private static final int POINTS = 30;

    @Override
    public String title() {
        return "the points service is down for a while, so the message is sent again until it is back";
    }

    @Override
    public void play(ScenarioContext context) {
        context.shop().beginPointsOutage();
        context.print("down", "the points service; messages sent to it now are lost");
        try {
            var order = context.place(context.newOrderNumber(), CUSTOMER, POINTS);
            var timeline = context.timelineOf(order);
            timeline.until("sent to points again", AbsentConsumer::isSentAgain);
            var booked = context.shop().pointsBooked(CUSTOMER, order.number());
            context.require(booked.isEmpty(), "points were booked by a service that is down: " + booked);

            context.shop().endPointsOutage();
            context.print("back", "the points service is up again");
            timeline.until("consumed", ScenarioContext::isConsumed);
            context.requireEffectsOnce(order.number(), CUSTOMER, POINTS);
        } finally {
            context.shop().endPointsOutage();
        }
    }

    private static boolean isSentAgain(MessageView message) {
        return message.deliveries().stream()
                .anyMatch(delivery -> delivery.subscription().equals("points") && delivery.attempts() > 1);
    }
}
