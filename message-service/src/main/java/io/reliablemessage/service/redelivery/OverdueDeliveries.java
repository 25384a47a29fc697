package io.reliablemessage.service.redelivery;

import io.reliablemessage.service.platform.liveness.Overdue;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Measures deliveries that are overdue. */
@Component
record OverdueDeliveries(DueSubscriptionStore due) implements Overdue {

    @Override
    public String worker() {
        return "redelivery";
    }

    @Override
    public Duration longest() {
        return due.longestOverdue();
    }
}
