package io.reliablemessage.service.platform.groupcommit;

import java.util.function.Supplier;

/** Commits work that waits for no lock longer than a moment. */
interface HastyTransactions {

    <T> T commit(Supplier<T> work);
}
