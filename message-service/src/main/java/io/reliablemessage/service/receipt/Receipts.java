package io.reliablemessage.service.receipt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.message.Receipt;
import io.reliablemessage.service.message.ReceiptRequest;
import io.reliablemessage.service.message.ReceiptStore;
import io.reliablemessage.service.message.TransitionMetrics;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Settles deliveries in one transaction, and raises the alarm about consumers of what was never sent. */
@Component
class Receipts {

    private static final Logger log = LoggerFactory.getLogger(Receipts.class);

    private final ReceiptStore deliveries;
    private final TransactionOperations ledger;
    private final TransitionMetrics metrics;
    private final Counter neverSent;

    Receipts(ReceiptStore deliveries, TransactionOperations ledger, TransitionMetrics metrics, MeterRegistry meters) {
        this.deliveries = deliveries;
        this.ledger = ledger;
        this.metrics = metrics;
        this.neverSent = Counter.builder("reliable.message.receipts.never.sent")
                .description(
                        "Acks and rejects of messages that are pending or cancelled: a bug somewhere, or a forged id")
                .register(meters);
    }

    Receipt settle(ReceiptRequest request) {
        var receipt = Objects.requireNonNull(ledger.execute(
                transaction -> deliveries.settle(List.of(request)).getFirst()));
        switch (receipt) {
            case Receipt.Applied applied -> metrics.count(request.transition(), 1);
            case Receipt.NeverSent alarming -> {
                neverSent.increment();
                log.atWarn()
                        .addKeyValue("message", alarming.id())
                        .addKeyValue("state", alarming.actual())
                        .addKeyValue("application", request.application())
                        .log("a consumer answered a message that was never sent");
            }
            default -> {}
        }
        return receipt;
    }
}
