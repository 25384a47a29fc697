package io.reliablemessage.quickstart.scenario;

/** One promise, played. */
interface Scenario {

    String title();

    /** Tells what happens, and throws {@link ScenarioFailed} where it is not what was promised. */
    void play(ScenarioContext stage);
}
