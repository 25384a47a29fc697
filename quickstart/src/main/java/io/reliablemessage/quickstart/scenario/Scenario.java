package io.reliablemessage.quickstart.scenario;

/** Plays one promise and checks that it holds. */
interface Scenario {

    String title();

    /** Prints what happens; throws {@link ScenarioFailed} when the promise is broken. */
    void play(ScenarioContext context);
}
