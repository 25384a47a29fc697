package io.reliablemessage.client.internal;

import java.util.List;

/** Brings calls of one kind to the service, one by one or together, and their outcomes back. */
final class BatchSender<T> {

    private final String path;
    private final Class<T> type;
    private final ServiceConnection service;

    /**
     * @param path where such calls go, alone or as an array
     */
    BatchSender(String path, Class<T> type, ServiceConnection service) {
        this.path = path;
        this.type = type;
        this.service = service;
    }

    String call(PendingCall<T> ticket) {
        return ticket.item().callTo(path);
    }

    Outcome<T> send(PendingCall<T> ticket) {
        return service.send(path, ticket.item(), type, ticket.left());
    }

    /**
     * Ends every ticket of the batch, whatever happens.
     *
     * @param answered called once an answer to all of them is there, before they end
     */
    void carry(List<PendingCall<T>> batch, Runnable answered) {
        try {
            if (batch.size() == 1) {
                sendAlone(batch.get(0), answered);
            } else {
                sendTogether(batch, answered);
            }
        } catch (RuntimeException | Error e) {
            end(batch, Outcome.unanswered(e));
        }
    }

    private void sendAlone(PendingCall<T> ticket, Runnable answered) {
        if (ticket.isAlive()) {
            var outcome = send(ticket);
            answered.run();
            ticket.end(outcome);
        }
    }

    private void sendTogether(List<PendingCall<T>> batch, Runnable answered) {
        var items = batch.stream().map(PendingCall::item).toList();
        var latest = batch.get(batch.size() - 1); // the others stop waiting by themselves when their time is over
        var answer = service.sendAll(path, items, type, latest.left());
        answered.run();
        if (answer instanceof Outcome.Done<List<Outcome<T>>> done) {
            for (var i = 0; i < batch.size(); i++) {
                batch.get(i).end(done.value().get(i));
            }
        } else if (answer instanceof Outcome.Failed<List<Outcome<T>>> failed) {
            if (failed.problem().isAboutTheContent()) {
                sendEach(batch); // one spoils the array, or together they are too large: each gets its own answer
            } else {
                end(batch, new Outcome.Failed<>(failed.problem(), failed.cause()));
            }
        }
    }

    private void sendEach(List<PendingCall<T>> batch) {
        for (var ticket : batch) {
            if (ticket.isAlive()) {
                ticket.end(send(ticket));
            }
        }
    }

    private static <T> void end(List<PendingCall<T>> batch, Outcome<T> outcome) {
        batch.forEach(ticket -> ticket.end(outcome));
    }
}
