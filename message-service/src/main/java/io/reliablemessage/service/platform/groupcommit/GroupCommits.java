package io.reliablemessage.service.platform.groupcommit;

import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.platform.database.DatabaseProperties;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Opens group commits, and ends waits in them that take too long: one clock for all, since a timer per call would cost
 * more.
 */
@Component
public class GroupCommits {

    private final GroupCommitProperties properties;
    private final DatabaseProperties database;
    private final MeterRegistry meters;
    private final List<GroupCommit<?, ?>> open = new CopyOnWriteArrayList<>();

    GroupCommits(GroupCommitProperties properties, DatabaseProperties database, MeterRegistry meters) {
        this.properties = properties;
        this.database = database;
        this.meters = meters;
    }

    /**
     * Opens the group commit for one kind of request.
     *
     * @param name for metrics
     * @param bytesOf the bytes of a request
     */
    public <Q, R> GroupCommit<Q, R> open(String name, ToLongFunction<Q> bytesOf, GroupCommit.Writer<Q, R> writer) {
        var groupCommit = new GroupCommit<>(
                properties, database.callTimeout(), bytesOf, writer, new GroupCommitMetrics(name, meters));
        open.add(groupCommit);
        return groupCommit;
    }

    @Scheduled(
            fixedRate = 250,
            timeUnit = TimeUnit.MILLISECONDS) // a fixed delay would share a thread with slow workers
    void releaseOverdue() {
        open.forEach(GroupCommit::releaseOverdue);
    }
}
