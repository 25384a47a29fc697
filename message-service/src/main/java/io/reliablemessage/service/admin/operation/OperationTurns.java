package io.reliablemessage.service.admin.operation;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each operation turns as long as it has work left. */
final class OperationTurns {

    private static final Logger log = LoggerFactory.getLogger(OperationTurns.class);

    private final Queue<UUID> waiting;

    OperationTurns(Collection<UUID> operations) {
        waiting = new ArrayDeque<>(operations);
    }

    /** The result of a turn. */
    interface Turn {

        /** Whether the operation has work left. */
        boolean goesOn();
    }

    boolean remain() {
        return !waiting.isEmpty();
    }

    /** Empty if the turn failed; the operation gets its next turn with the next call. */
    <T extends Turn> Optional<T> next(Function<UUID, T> take) {
        var id = waiting.remove();
        try {
            var turn = take.apply(id);
            if (turn.goesOn()) {
                waiting.add(id);
            }
            return Optional.of(turn);
        } catch (RuntimeException failed) {
            log.atWarn().addKeyValue("operation", id).setCause(failed).log("an operation could not be advanced");
            return Optional.empty();
        }
    }
}
