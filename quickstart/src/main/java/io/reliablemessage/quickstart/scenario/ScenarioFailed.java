package io.reliablemessage.quickstart.scenario;

/** A promise is broken. */
final class ScenarioFailed extends RuntimeException {

    ScenarioFailed(String fact) {
        super(fact);
    }
}
