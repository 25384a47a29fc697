package io.reliablemessage.spring.internal.settling;

import io.reliablemessage.spring.internal.store.Store;
import java.util.UUID;

/** Makes certain that the transaction of a message cannot commit any more. */
@FunctionalInterface
public interface RollbackProof {

    /**
     * Returns within seconds, and never throws.
     *
     * @return true: the message is not in this very store, and a committed fence keeps it out; false: anything else
     */
    boolean isRolledBack(Store store, UUID id);
}
