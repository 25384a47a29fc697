package io.reliablemessage.quickstart.scenario;

/** Something did not come true. */
final class ScenarioFailed extends RuntimeException {

    ScenarioFailed(String fact) {
        super(fact);
    }
}
