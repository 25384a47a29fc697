package io.reliablemessage.service.acknowledgement;

import static io.reliablemessage.service.model.DeliveryTransition.ACK;
import static io.reliablemessage.service.model.DeliveryTransition.REJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.model.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs the statements that settle deliveries, for tests of plans. */
public final class AckStatements {

    private final AcknowledgementStore store;

    public AckStatements(JdbcClient jdbc) {
        store = new AcknowledgementStore(jdbc, new ConsumerWatermark(jdbc));
    }

    public void ackAll(String subscription, List<MessageId> ids) {
        assertThat(ack(subscription, ids)).allMatch(AckResult.Applied.class::isInstance);
    }

    public List<AckResult> ack(@Nullable String subscription, List<MessageId> ids) {
        return store.settle(ids.stream()
                .map(id -> new AckCommand(id, subscription, "points", ACK, null))
                .toList());
    }

    public void reject(String subscription, List<MessageId> ids) {
        store.settle(ids.stream()
                .map(id -> new AckCommand(id, subscription, "points", REJECT, "NO"))
                .toList());
    }
}
