package io.reliablemessage.service.platform.liveness;

import java.time.Duration;

/** What a duty has left lying. */
public interface Overdue {

    /** Its name in metrics. */
    String duty();

    /** How long the longest due has been waiting to be taken up, without what is rightly left alone. */
    Duration longest();
}
