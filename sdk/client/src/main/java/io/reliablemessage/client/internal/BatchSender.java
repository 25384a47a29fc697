package io.reliablemessage.client.internal;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Sends calls of one kind, one by one or together, and ends them with their outcomes. */
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

    String describe(PendingCall<T> call) {
        return call.item().callTo(path);
    }

    Outcome<T> send(PendingCall<T> call) {
        return service.send(path, call.item(), type, call.left());
    }

    /**
     * Ends every call of the batch, whatever happens.
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
        } finally {
            end(batch, Outcome.unanswered(service.timedOut())); // what was not worth sending any more
        }
    }

    private void sendAlone(PendingCall<T> call, Runnable answered) {
        if (call.isAlive()) {
            var outcome = send(call);
            answered.run();
            call.end(outcome);
        }
    }

    private void sendTogether(List<PendingCall<T>> batch, Runnable answered) {
        var items = batch.stream().map(PendingCall::item).toList();
        var answer = service.sendAll(path, items, type, longestLeft(batch));
        answered.run();
        if (answer instanceof Outcome.Done<List<Outcome<T>>> done) {
            for (var i = 0; i < batch.size(); i++) {
                batch.get(i).end(done.value().get(i));
            }
        } else if (answer instanceof Outcome.Failed<List<Outcome<T>>> failed) {
            if (failed.problem().isAboutTheContent()) {
                sendEach(batch); // one call spoils the array, or it is too large: each gets its own answer
            } else {
                end(batch, new Outcome.Failed<>(failed.problem(), failed.cause()));
            }
        }
    }

    /** Of the call with the most time; the others stop waiting by themselves when their time is over. */
    private static <T> Duration longestLeft(List<PendingCall<T>> batch) {
        return batch.stream()
                .map(PendingCall::left)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private void sendEach(List<PendingCall<T>> batch) {
        for (var call : batch) {
            if (call.isAlive()) {
                call.end(send(call));
            }
        }
    }

    private static <T> void end(List<PendingCall<T>> batch, Outcome<T> outcome) {
        batch.forEach(call -> call.end(outcome));
    }
}
