package io.reliablemessage.checker;

import io.reliablemessage.adminapi.jobs.CheckbackFailure;
import io.reliablemessage.adminapi.jobs.CheckbackLeases.Lease;
import io.reliablemessage.adminapi.jobs.CheckbackReport;
import io.reliablemessage.webhook.WebhookClient;
import io.reliablemessage.webhook.WebhookRequest;
import io.reliablemessage.webhook.WebhookResult.Answered;
import io.reliablemessage.webhook.WebhookResult.Failed;
import io.reliablemessage.worker.ServiceCallException;
import io.reliablemessage.worker.WorkerClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes one check-back and reports its result to the service. A failure does not affect the others. */
@Component
class CheckbackCall {

    private static final Logger log = LoggerFactory.getLogger(CheckbackCall.class);
    private static final int REPORTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final WebhookClient outbound;
    private final WorkerClient service;
    private final CheckbackMetrics metrics;

    CheckbackCall(WebhookClient outbound, WorkerClient service, CheckbackMetrics metrics) {
        this.outbound = outbound;
        this.service = service;
        this.metrics = metrics;
    }

    /**
     * @param takenAt when the lease was requested, by {@link System#nanoTime}, which goes on while the process is
     *     stopped
     */
    void ask(Lease lease, long takenAt) {
        try {
            var report = isFresh(lease, takenAt)
                    ? send(lease)
                    : CheckbackReport.failed(lease.lease(), CheckbackFailure.NOT_SENT);
            metrics.asked(report);
            report(report);
        } catch (Throwable failure) { // the lease ends by itself, and the service checks back again
            metrics.unreported();
            log.atWarn()
                    .addKeyValue("application", lease.application())
                    .addKeyValue("lease", lease.lease())
                    .addKeyValue("error", failure.toString())
                    .log("a check-back is not reported, and will be made again");
        }
    }

    private CheckbackReport send(Lease lease) {
        var request = new WebhookRequest(lease.url(), lease.headers(), lease.body(), lease.deadline());
        return switch (outbound.send(request)) {
            case Answered(var status, var signature, var body) ->
                CheckbackReport.answered(lease.lease(), status, signature, body);
            case Failed failure -> CheckbackReport.failed(lease.lease(), CheckbackFailure.valueOf(failure.name()));
        };
    }

    // A lease lasts two deadlines at least. Begun within the first, a check-back ends before another worker may make it
    // again.
    private static boolean isFresh(Lease lease, long takenAt) {
        return System.nanoTime() - takenAt < lease.deadline().toNanos();
    }

    /** A report may be repeated: verdicts apply once. */
    private void report(CheckbackReport report) throws InterruptedException {
        for (var attempt = 1; ; attempt++) {
            try {
                service.report(report);
                return;
            } catch (ServiceCallException failed) {
                if (failed.isRefusal() || attempt == REPORTS) {
                    throw failed;
                }
                Thread.sleep(PAUSE.multipliedBy(attempt));
            }
        }
    }
}
