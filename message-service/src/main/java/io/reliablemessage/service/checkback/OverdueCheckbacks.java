package io.reliablemessage.service.checkback;

import io.reliablemessage.service.platform.liveness.Overdue;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Measures check-backs that are overdue. */
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
