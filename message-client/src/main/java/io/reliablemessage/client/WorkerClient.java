package io.reliablemessage.client;

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

    @Override
    public String toString() {
        return "WorkerClient[" + service + "]";
    }
}
