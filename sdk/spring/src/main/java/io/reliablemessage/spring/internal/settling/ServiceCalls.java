package io.reliablemessage.spring.internal.settling;

import io.reliablemessage.api.MessageStatus;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.client.CallResult;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.spring.internal.outbox.OutboxRow;
import io.reliablemessage.spring.internal.outbox.RowRequests;
import io.reliablemessage.spring.internal.settling.Outcome.Postponed;
import io.reliablemessage.spring.internal.settling.Outcome.Refused;
import io.reliablemessage.spring.internal.settling.Outcome.Unknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Confirms and sends rows: an outcome for each, whatever is wrong with the others. Never throws. */
final class ServiceCalls {

    // A confirm and a send, and both once more, take less than the lease of a claim.
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final ReliableMessageClient client;
    private final RowRequests requests;

    ServiceCalls(ReliableMessageClient client, RowRequests requests) {
        this.client = client;
        this.requests = requests;
    }

    /**
     * @param prepared those that the service should have as half messages; they need no content
     * @param store of the rows
     */
    Map<UUID, Outcome> deliver(List<OutboxRow> rows, Set<UUID> prepared, String store) {
        var outcomes = new LinkedHashMap<UUID, Outcome>();
        confirm(rows.stream().map(OutboxRow::id).filter(prepared::contains).toList(), outcomes);
        var toSend = rows.stream()
                .filter(row -> !outcomes.containsKey(row.id()) || outcomes.get(row.id()) instanceof Unknown)
                .toList();
        send(requestsOf(toSend, store, outcomes), outcomes);
        return outcomes;
    }

    private void confirm(List<UUID> ids, Map<UUID, Outcome> outcomes) {
        if (ids.isEmpty()) {
            return;
        }
        try {
            var results = client.confirmAll(ids.stream().map(UUID::toString).toList(), WITHIN);
            for (var i = 0; i < ids.size(); i++) {
                outcomes.put(ids.get(i), Outcome.of(ids.get(i), results.get(i)));
            }
        } catch (RuntimeException unforeseen) {
            ids.forEach(id -> outcomes.put(id, new Postponed(unforeseen, true)));
        }
    }

    private Map<UUID, PrepareRequest> requestsOf(List<OutboxRow> rows, String store, Map<UUID, Outcome> outcomes) {
        var made = new LinkedHashMap<UUID, PrepareRequest>();
        for (var row : rows) {
            try {
                made.put(row.id(), requests.of(row, store));
            } catch (RuntimeException | StackOverflowError unsendable) {
                outcomes.put(row.id(), unsendable(unsendable));
            }
        }
        return made;
    }

    private void send(Map<UUID, PrepareRequest> made, Map<UUID, Outcome> outcomes) {
        send(new ArrayList<>(made.keySet()), made, outcomes, System.nanoTime() + WITHIN.toNanos());
    }

    /** The client takes all or none, and sends nothing if one is wrong; halves are tried until that one is alone. */
    private void send(List<UUID> ids, Map<UUID, PrepareRequest> made, Map<UUID, Outcome> outcomes, long deadline) {
        if (ids.isEmpty()) {
            return;
        }
        try {
            var within = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            List<CallResult<MessageStatus>> results =
                    client.sendAll(ids.stream().map(made::get).toList(), within);
            for (var i = 0; i < ids.size(); i++) {
                outcomes.put(ids.get(i), ofSend(ids.get(i), results.get(i)));
            }
        } catch (IllegalArgumentException | StackOverflowError oneIsWrong) {
            if (ids.size() == 1) {
                outcomes.put(ids.get(0), unsendable(oneIsWrong));
                return;
            }
            var half = ids.size() / 2;
            send(ids.subList(0, half), made, outcomes, deadline);
            send(ids.subList(half, ids.size()), made, outcomes, deadline);
        } catch (RuntimeException unforeseen) {
            ids.forEach(id -> outcomes.put(id, new Postponed(unforeseen, true)));
        }
    }

    /** "Not found" is no answer to a send, so it is not one of the service. */
    private static Outcome ofSend(UUID id, CallResult<MessageStatus> result) {
        var outcome = Outcome.of(id, result);
        return outcome instanceof Unknown ? new Postponed(result.problem().orElseThrow(), false) : outcome;
    }

    private static Outcome unsendable(Throwable cause) {
        return new Refused("unsendable", "The row cannot be sent: " + cause);
    }
}
