package io.reliablemessage.quickstart.shop.stock;

import java.util.Objects;

/** The part of the shop's message that this service reads; it does not share the shop's class. */
record OrderPlaced(String order) {

    OrderPlaced {
        Objects.requireNonNull(order, "order");
    }
}
