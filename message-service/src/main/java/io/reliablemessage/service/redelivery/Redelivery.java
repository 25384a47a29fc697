package io.reliablemessage.service.redelivery;

import io.reliablemessage.adminapi.jobs.RedeliveryReport;
import io.reliablemessage.service.platform.liveness.WorkerRegistry;
import io.reliablemessage.service.publishing.Publishing;
import io.reliablemessage.service.redelivery.DueSubscriptions.Turn;
import java.util.ArrayDeque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes up due deliveries by subscription in turn, a page at a time, so that a long backlog delays no other. */
@Component
class Redelivery {

    private static final Logger log = LoggerFactory.getLogger(Redelivery.class);
    private static final int PAGE = 50;

    static final String KIND = "redelivery";

    private final RedeliveryPages pages;
    private final Publishing publishing;
    private final WorkerRegistry workers;

    Redelivery(RedeliveryPages pages, Publishing publishing, WorkerRegistry workers) {
        this.pages = pages;
        this.publishing = publishing;
        this.workers = workers;
    }

    /** While the broker is unavailable nothing is buried either: the consumer could not receive the last attempt. */
    RedeliveryReport run(int limit) {
        if (workers.isPaused(KIND)) {
            return new RedeliveryReport(0, 0, 0, false, publishing.accepts());
        }
        var sent = 0;
        var buried = 0;
        var postponed = 0;
        var turns = new ArrayDeque<>(publishing.accepts() ? pages.due() : List.<Turn>of());
        while (!turns.isEmpty() && publishing.accepts() && sent + buried < limit) {
            var turn = turns.removeFirst();
            try {
                var page = pages.take(turn, Math.min(PAGE, Math.min(limit - sent - buried, publishing.room())));
                sent += page.sent();
                buried += page.buried();
                postponed += page.postponed();
                page.next().ifPresent(turns::addLast);
            } catch (RuntimeException failed) {
                // The others get their turn, and this one the next call's.
                log.atWarn()
                        .addKeyValue("subscription", turn.due().subscription())
                        .setCause(failed)
                        .log("due deliveries of a subscription could not be taken up");
            }
        }
        var more = !turns.isEmpty() && publishing.accepts();
        return new RedeliveryReport(sent, buried, postponed, more, publishing.accepts());
    }
}
