package io.reliablemessage.quickstart.shop.orders;

import java.math.BigDecimal;

/** The shop's message on the topic {@code order.placed}. */
record OrderPlaced(String order, String customer, BigDecimal amount, int points) {

    static final String TOPIC = "order.placed";

    static OrderPlaced by(Order order) {
        return new OrderPlaced(order.number(), order.customer(), order.amount(), order.points());
    }
}
