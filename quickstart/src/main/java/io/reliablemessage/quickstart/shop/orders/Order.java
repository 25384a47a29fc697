package io.reliablemessage.quickstart.shop.orders;

import java.math.BigDecimal;

/**
 * A customer's order.
 *
 * @param points the customer earns with it
 */
record Order(String number, String customer, BigDecimal amount, int points) {

    Order {
        require(number != null && !number.isBlank(), "number");
        require(customer != null && !customer.isBlank(), "customer");
        require(amount != null && amount.signum() > 0, "amount");
        require(points >= 0, "points");
    }

    private static void require(boolean isMet, String member) {
        if (!isMet) {
            throw new IllegalArgumentException(member + " is missing or makes no sense");
        }
    }
}
