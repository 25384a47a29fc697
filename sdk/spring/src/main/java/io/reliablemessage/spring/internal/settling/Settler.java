package io.reliablemessage.spring.internal.settling;

import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.spring.ProducerListener;
import io.reliablemessage.spring.internal.outbox.OutboxRow;
import io.reliablemessage.spring.internal.outbox.RowRequests;
import io.reliablemessage.spring.internal.settling.Outcome.Postponed;
import io.reliablemessage.spring.internal.settling.Outcome.Refused;
import io.reliablemessage.spring.internal.settling.Outcome.Sent;
import io.reliablemessage.spring.internal.store.Store;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings rows that were read from a store to the service, and writes what came of it into them. */
final class Settler {

    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    private final Throttle awayLines = new Throttle();
    private final Throttle postponedLines = new Throttle();
    private final Throttle epochLines = new Throttle();
    private final Marks marks = new Marks();
    private final ReliableMessageClient client;
    private final ServiceCalls calls;
    private final ServiceAvailability availability;
    private final ProducerListener listener;

    Settler(
            ReliableMessageClient client,
            RowRequests requests,
            ServiceAvailability availability,
            ProducerListener listener) {
        this.client = client;
        this.calls = new ServiceCalls(client, requests);
        this.availability = availability;
        this.listener = listener;
    }

    /**
     * Settles rows that are committed.
     *
     * @param prepared those that are known to be half messages
     */
    void settle(Store store, List<OutboxRow> rows, Set<UUID> prepared) throws SQLException {
        var epoch = epoch();
        var outcomes = calls.deliver(rows, prepared, store.id());
        if (!Objects.equals(epoch, epoch())) {
            // These may be the answers of a service that was restored since. A repeat costs little, and is rare:
            // besides,
            // it happens once after each start, as no answer came before the first.
            epoch = epoch();
            outcomes.putAll(calls.deliver(sent(rows, outcomes), prepared, store.id()));
        }
        report(outcomes);
        write(store, epoch, outcomes);
    }

    private @Nullable String epoch() {
        return client.epoch().orElse(null);
    }

    private static List<OutboxRow> sent(List<OutboxRow> rows, Map<UUID, Outcome> outcomes) {
        return rows.stream()
                .filter(row -> outcomes.get(row.id()) instanceof Sent)
                .toList();
    }

    private void report(Map<UUID, Outcome> outcomes) {
        var isAway = !outcomes.isEmpty()
                && outcomes.values().stream()
                        .allMatch(outcome -> outcome instanceof Postponed postponed && postponed.isAway());
        if (isAway) {
            availability.unanswered();
        } else {
            availability.answered();
        }
    }

    private void write(Store store, @Nullable String epoch, Map<UUID, Outcome> outcomes) throws SQLException {
        var sent = idsOf(outcomes, Sent.class);
        var postponed = idsOf(outcomes, Postponed.class);
        var isOfOneEpoch = Objects.equals(epoch, epoch());
        var marked = marks.write(store, epoch, isOfOneEpoch ? sent : List.of(), postponed);
        listener.settled(marked);
        if (marked < 0) {
            epochLines
                    .count(sent.size())
                    .ifPresent(count -> LOG.warn(
                            "{} messages of {} were sent in epoch {}, with which the store was not compared yet; they are "
                                    + "sent again. If the service was set up anew: UPDATE {} SET epoch = NULL",
                            count,
                            store,
                            epoch,
                            store.tables().in("rm_store")));
        }
        refuse(store, outcomes);
        reportPostponed(outcomes);
    }

    private static List<UUID> idsOf(Map<UUID, Outcome> outcomes, Class<? extends Outcome> kind) {
        return outcomes.entrySet().stream()
                .filter(entry -> kind.isInstance(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void refuse(Store store, Map<UUID, Outcome> outcomes) {
        outcomes.forEach((id, outcome) -> {
            if (outcome instanceof Refused refused) {
                refuse(store, id, refused);
            }
        });
    }

    private void refuse(Store store, UUID id, Refused refused) {
        try {
            if (marks.refuse(store, id, refused.reason())) {
                LOG.error("Message {} of {} will never be sent: {}. Its row has the reason", id, store, refused.kind());
                listener.refused(id.toString(), refused.reason());
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn("Message {} of {} is refused ({}), which could not be stored", id, store, refused.kind(), e);
        }
    }

    private void reportPostponed(Map<UUID, Outcome> outcomes) {
        var postponed = outcomes.values().stream()
                .filter(Postponed.class::isInstance)
                .map(Postponed.class::cast)
                .toList();
        if (postponed.isEmpty()) {
            return;
        }
        var first = postponed.get(0);
        listener.postponed(postponed.size(), first.cause());
        (first.isAway() ? awayLines : postponedLines)
                .count(postponed.size())
                .ifPresent(count -> LOG.warn(
                        "{} messages could not be settled since the last such line and are tried again; the last failure: {}",
                        count,
                        first.cause().toString()));
    }
}
