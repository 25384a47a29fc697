package io.reliablemessage.service.platform.groupcommit;

import java.util.concurrent.ThreadFactory;

/**
 * What group commits work with.
 *
 * @param factory makes threads that lead while the database is slow
 * @param hasty commits work that waits for no lock
 */
record GroupCommitThreads(ThreadFactory factory, HastyTransactions hasty) {

    void start(Runnable lead) {
        factory.newThread(lead).start();
    }
}
