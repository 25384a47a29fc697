package io.reliablemessage.spring.internal.settling;

import io.reliablemessage.spring.internal.fence.Ruling;
import io.reliablemessage.spring.internal.store.Store;
import java.util.UUID;

/** Decides whether the transaction of a message can still commit: a {@link io.reliablemessage.spring.internal.fence.Fence}. */
@FunctionalInterface
public interface Rulings {

    /** Returns within seconds, and never throws. */
    Ruling rule(Store store, UUID id);
}
