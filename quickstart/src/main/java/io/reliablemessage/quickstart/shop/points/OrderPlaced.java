package io.reliablemessage.quickstart.shop.points;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What this service reads of the shop's message; it does not share the shop's class.
 *
 * @param customer {@code guest} if the message names none
 */
record OrderPlaced(String order, @Nullable String customer, int points) {

    OrderPlaced {
        Objects.requireNonNull(order, "order");
        customer = Objects.requireNonNullElse(customer, "guest");
    }
}
