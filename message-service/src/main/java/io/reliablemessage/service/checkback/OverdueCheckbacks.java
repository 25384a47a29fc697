package io.reliablemessage.service.checkback;

import io.reliablemessage.service.platform.liveness.Overdue;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Half messages that nobody asks about. */
@Component
record OverdueCheckbacks(CheckbackLeaseStore messages) implements Overdue {

    @Override
    public String worker() {
        return "checkback";
    }

    @Override
    public Duration longest() {
        return messages.longestOverdue();
    }
}
