package io.reliablemessage.client;

import io.reliablemessage.api.CheckbackLeaseRequest;
import io.reliablemessage.api.CheckbackLeases;
import io.reliablemessage.api.CheckbackReceipt;
import io.reliablemessage.api.CheckbackReport;
import io.reliablemessage.api.OperationsReport;
import io.reliablemessage.api.OperationsRequest;
import io.reliablemessage.api.RedeliveryReport;
import java.util.Map;

/** What workers, which hold neither state nor policy, say to the service. Safe for use by many threads. */
public final class WorkerClient {

    private final ServiceConnection service;

    private WorkerClient(ServiceConnection service) {
        this.service = service;
    }

    public static WorkerClient create(ClientSettings settings) {
        return new WorkerClient(new ServiceConnection(settings));
    }

    /**
     * Has the service send again what is due, and bury what was sent often enough.
     *
     * @param limit deliveries looked at in this call, at least 1
     */
    public RedeliveryReport redeliver(int limit) {
        return service.post("/jobs/redeliveries", Map.of("limit", limit), RedeliveryReport.class);
    }

    /**
     * Has the service take operators' operations further.
     *
     * @param limit deliveries at most in this call, at least 1
     */
    public OperationsReport operate(int limit) {
        return service.post("/jobs/operations", new OperationsRequest(limit), OperationsReport.class);
    }

    /**
     * Takes check-backs to make, for as long as their leases last.
     *
     * @param limit how many requests can be sent now, at least 1
     */
    public CheckbackLeases leaseCheckbacks(int limit) {
        return service.post("/jobs/checkbacks/lease", new CheckbackLeaseRequest(limit), CheckbackLeases.class);
    }

    /** Tells what came back. Safe to repeat. */
    public CheckbackReceipt report(CheckbackReport report) {
        return service.post("/jobs/checkbacks/report", report, CheckbackReceipt.class);
    }

    @Override
    public String toString() {
        return "WorkerClient[" + service + "]";
    }
}
