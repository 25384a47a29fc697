package io.reliablemessage.quickstart.scenario;

/** One promise, played. */
interface Story {

    String title();

    /** Tells what happens, and throws {@link PromiseBroken} where it is not what was promised. */
    void play(Stage stage);
}
