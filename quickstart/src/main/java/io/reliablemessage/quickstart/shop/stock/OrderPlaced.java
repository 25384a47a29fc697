package io.reliablemessage.quickstart.shop.stock;

import java.util.Objects;

/** What this service reads of the shop's message; it does not share the shop's class. */
record OrderPlaced(String order) {

    OrderPlaced {
        Objects.requireNonNull(order, "order");
    }
}
