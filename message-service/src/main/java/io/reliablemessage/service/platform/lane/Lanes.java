package io.reliablemessage.service.platform.lane;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;
import org.springframework.stereotype.Component;

/** Opens lanes. */
@Component
public class Lanes {

    private final LaneProperties properties;
    private final MeterRegistry meters;

    Lanes(LaneProperties properties, MeterRegistry meters) {
        this.properties = properties;
        this.meters = meters;
    }

    /**
     * Opens the lane for one kind of request.
     *
     * @param name for metrics
     * @param bytesOf what a request weighs
     */
    public <Q, R> Lane<Q, R> open(String name, ToLongFunction<Q> bytesOf, Lane.Writer<Q, R> writer) {
        return new Lane<>(properties, bytesOf, writer, new LaneMetrics(name, meters));
    }
}
