package io.reliablemessage.service.admin.overview;

import io.reliablemessage.service.model.ActivityCounters;
import io.reliablemessage.service.model.ActivityCounters.Counts;
import io.reliablemessage.service.platform.schedule.Hourly;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Adds this replica's counts to those of all replicas, every five seconds and when it stops. A killed replica loses up
 * to five seconds of counts: the charts may miss them, the ledger does not.
 */
@Component
class RateLoop implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(RateLoop.class);

    private final ActivityCounters counters;
    private final RateStore rates;
    private final Hourly hourly = new Hourly();
    private Counts written = Counts.NONE;

    RateLoop(ActivityCounters counters, RateStore rates) {
        this.counters = counters;
        this.rates = rates;
    }

    /** Counts that could not be written are written the next time. */
    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    synchronized void write() {
        var counted = counters.counts();
        var more = counted.since(written);
        if (more.isNothing()) {
            return;
        }
        try {
            rates.add(more);
            written = counted;
        } catch (DataAccessException | TransactionException failed) {
            log.atDebug().setCause(failed).log("counts could not be added to the charts, tried again");
        }
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void forget() {
        try {
            hourly.run(rates::forget);
        } catch (DataAccessException | TransactionException failed) {
            log.atDebug().setCause(failed).log("old chart data could not be deleted");
        }
    }

    @Override
    public void destroy() {
        write();
    }
}
