package io.reliablemessage.service.platform.liveness;

import java.time.Duration;

/** Work of one worker that is overdue. */
public interface Overdue {

    /** Its name in metrics. */
    String worker();

    /** How long the longest due has been waiting to be taken up, without what is rightly left alone. */
    Duration longest();
}
