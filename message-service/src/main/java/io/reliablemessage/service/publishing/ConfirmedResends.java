package io.reliablemessage.service.publishing;

import io.reliablemessage.service.model.DeliveryId;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.publishing.ResendStore.Confirmed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Stores the broker's confirms of resends, outside the connection's thread. Other confirms are not stored.
 *
 * <p>A process that is killed loses unwritten ones; the ack, or the next redelivery, proves the same later.
 */
@Component
class ConfirmedResends implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ConfirmedResends.class);
    private static final int BATCH = 500;

    private final ResendStore resends;
    private final BlockingQueue<Confirmation> confirmations = new LinkedBlockingQueue<>();

    ConfirmedResends(ResendStore resends) {
        this.resends = resends;
    }

    void add(Dispatch confirmed) {
        if (confirmed.isResend()) {
            confirmations.add(new Confirmation(
                    new DeliveryId(confirmed.id(), confirmed.subscription()), confirmed.attempt(), System.nanoTime()));
        }
    }

    /** A failed write is tried again the next time. */
    @Scheduled(fixedDelay = 200, timeUnit = TimeUnit.MILLISECONDS)
    synchronized void write() {
        var batch = new ArrayList<Confirmation>();
        while (confirmations.drainTo(batch, BATCH) > 0) {
            try {
                resends.record(confirmed(batch));
            } catch (DataAccessException | TransactionException failed) {
                confirmations.addAll(batch);
                log.atDebug().setCause(failed).log("the broker's confirmations of resends are written later");
                return;
            } catch (Error failed) { // the scheduler goes on after it
                confirmations.addAll(batch);
                throw failed;
            }
            batch.clear();
        }
    }

    private static List<Confirmed> confirmed(List<Confirmation> batch) {
        var now = System.nanoTime();
        return batch.stream()
                .map(each -> new Confirmed(each.name, each.attempt, Duration.ofNanos(now - each.at)))
                .toList();
    }

    @Override
    public void destroy() {
        write();
    }

    /** @param at by System.nanoTime */
    private record Confirmation(DeliveryId name, int attempt, long at) {}
}
