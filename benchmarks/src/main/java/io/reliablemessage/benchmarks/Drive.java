package io.reliablemessage.benchmarks;

import java.io.IOException;

/** Load on one service, begun and ended at will. */
interface Drive extends AutoCloseable {

    void resume();

    /** Begins nothing new, and returns when all that was begun is acknowledged, or when nothing moves any more. */
    void pause() throws InterruptedException;

    @Override
    void close() throws IOException;
}
