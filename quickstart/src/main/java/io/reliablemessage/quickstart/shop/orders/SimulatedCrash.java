package io.reliablemessage.quickstart.shop.orders;

/**
 * Ends the thread that places an order, as the death of its process would: nothing after it is
 * done. For the scenarios.
 */
final class SimulatedCrash extends Error {

    SimulatedCrash() {
        super("died between commit and confirmation, as ordered", null, false, false);
    }
}
