package io.reliablemessage.service.platform.groupcommit;

import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.platform.database.DatabaseProperties;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.database.OfGroupCommit;
import io.reliablemessage.service.platform.schedule.Clockwork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Opens group commits, and ends waits in them that take too long: one clock for all, since a timer per call would cost
 * more.
 */
@Component
public class GroupCommits {

    private static final Duration NO_WAIT = Duration.ofMillis(20); // for a lock, while others wait for the result

    private final GroupCommitProperties properties;
    private final DatabaseProperties database;
    private final MeterRegistry meters;
    private final GroupCommitThreads threads;
    private final List<GroupCommit<?, ?>> open = new CopyOnWriteArrayList<>();

    GroupCommits(
            GroupCommitProperties properties,
            DatabaseProperties database,
            MeterRegistry meters,
            @OfGroupCommit LedgerTransactions ledger) {
        this.properties = properties;
        this.database = database;
        this.meters = meters;
        this.threads =
                new GroupCommitThreads(Thread.ofVirtual().name("group-commit").factory(), new HastyTransactions() {
                    @Override
                    public <T> T commit(Supplier<T> work) {
                        return ledger.commit(NO_WAIT, work);
                    }
                });
    }

    /**
     * Opens the group commit for one kind of request.
     *
     * @param name for metrics
     * @param bytesOf the bytes of a request
     * @param row what a request locks, to be compared with others; null: a row that no other request can have
     */
    public <Q, R> GroupCommit<Q, R> open(
            String name,
            ToLongFunction<Q> bytesOf,
            Function<Q, @Nullable Object> row,
            GroupCommit.Writer<Q, R> writer) {
        var groupCommit = new GroupCommit<>(
                properties,
                database.callTimeout(),
                new GroupCommit.Sharing<>(bytesOf, row),
                writer,
                new GroupCommitMetrics(name, meters),
                threads);
        open.add(groupCommit);
        return groupCommit;
    }

    @Scheduled(fixedDelay = 250, timeUnit = TimeUnit.MILLISECONDS, scheduler = Clockwork.NAME)
    void releaseOverdue() {
        open.forEach(GroupCommit::releaseOverdue);
    }
}
