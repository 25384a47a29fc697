package io.reliablemessage.spring;

import io.reliablemessage.spring.internal.store.Stores;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the databases each minute: routing targets come and go, and one that was away at the start comes back. */
final class StoreWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
    private static final long SECONDS = 60;

    private final ScheduledExecutorService timer;

    private StoreWatch(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    static StoreWatch start(Stores stores) {
        var timer = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = new Thread(work, "reliable-message-stores");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(() -> look(stores), SECONDS, SECONDS, TimeUnit.SECONDS);
        return new StoreWatch(timer);
    }

    /** An exception would end the watch. */
    private static void look(Stores stores) {
        try {
            stores.refresh();
        } catch (RuntimeException e) {
            LOG.error("The databases with the tables of Reliable Message are not as they should be", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
