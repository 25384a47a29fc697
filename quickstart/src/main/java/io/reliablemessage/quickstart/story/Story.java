package io.reliablemessage.quickstart.story;

/** One promise, played. */
interface Story {

    String title();

    /** Tells what happens, and throws {@link PromiseBroken} where it is not what was promised. */
    void play(Stage stage);
}
