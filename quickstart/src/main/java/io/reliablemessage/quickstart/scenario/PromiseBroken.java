package io.reliablemessage.quickstart.scenario;

/** Something did not come true. */
final class PromiseBroken extends RuntimeException {

    PromiseBroken(String fact) {
        super(fact);
    }
}
