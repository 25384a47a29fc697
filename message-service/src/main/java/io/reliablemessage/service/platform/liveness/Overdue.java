package io.reliablemessage.service.platform.liveness;

import java.time.Duration;

/** Measures the overdue work of one worker. */
public interface Overdue {

    /** Its name in metrics. */
    String worker();

    /** How long the longest due work has been waiting, without work that is left on purpose. */
    Duration longest();
}
