package io.reliablemessage.quickstart.shop.points;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of the shop's message that this service reads; it does not share the shop's class.
 *
 * @param customer {@code guest} if the message names none
 */
record OrderPlaced(String order, @Nullable String customer, int points) {

    OrderPlaced {
        Objects.requireNonNull(order, "order");
        customer = Objects.requireNonNullElse(customer, "guest");
    }
}
