package io.reliablemessage.service.platform.groupcommit;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.platform.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** How long calls wait for a slow or silent database. Callers without a timeout left are overdue at the next check. */
class GroupCommitTimeoutTest {

    private static final Duration NONE = Duration.ZERO;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> leaders = Collections.synchronizedList(new ArrayList<>());
    private ThreadFactory factory = Thread.ofVirtual().factory();
    private final Semaphore batchesThatMayEnd = new Semaphore(0);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        batchesThatMayEnd.release(1000);
        threads.close();
    }

    @Test
    void whoWaitsForTooLongIsToldThatNothingWasDoneAndNothingIs() {
        var groupCommit = groupCommit(NONE, this::slowly);
        var first = submit(groupCommit, 0);
        await().until(() -> batches.size() == 1);
        var others = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> submit(groupCommit, i))
                .toList();
        await().until(() -> waiting() == 3);

        groupCommit.releaseOverdue();

        assertThat(others).allSatisfy(other -> refused(other, "nothing was done"));
        assertThat(waiting()).isZero();
        assertThat(meters.get("reliable.message.group.commit.refused")
                        .tag("reason", "overdue")
                        .counter()
                        .count())
                .isEqualTo(3);
        batchesThatMayEnd.release(2);
        assertThat(first).succeedsWithin(ofSeconds(5)).isEqualTo(0);
        assertThat(submit(groupCommit, 4)).succeedsWithin(ofSeconds(5)).isEqualTo(8);
        assertThat(batches).containsExactly(List.of(0), List.of(4));
    }

    @Test
    void whoseBatchTakesTooLongIsToldThatNobodyKnowsAndTheBatchGoesOn() {
        var groupCommit = groupCommit(NONE, this::slowly);
        var first = submit(groupCommit, 0);
        await().until(() -> batches.size() == 1);
        var others = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> submit(groupCommit, i))
                .toList();
        await().until(() -> waiting() == 3);
        batchesThatMayEnd.release();
        await().until(() -> batches.size() == 2);

        groupCommit.releaseOverdue();

        assertThat(first).succeedsWithin(ofSeconds(5)).isEqualTo(0);
        assertThat(others).allSatisfy(other -> refused(other, "not known"));
        assertThat(batches.get(1)).hasSize(3);
        batchesThatMayEnd.release(2);
        assertThat(submit(groupCommit, 4)).succeedsWithin(ofSeconds(5)).isEqualTo(8);
        assertThat(batches).hasSize(3);
    }

    @Test
    void whoStillHasPatienceStays() {
        var groupCommit = groupCommit(ofDays(1), this::slowly);
        var first = submit(groupCommit, 0);
        await().until(() -> batches.size() == 1);
        var second = submit(groupCommit, 1);
        await().until(() -> waiting() == 1);

        groupCommit.releaseOverdue();
        batchesThatMayEnd.release(2);

        assertThat(first).succeedsWithin(ofSeconds(5)).isEqualTo(0);
        assertThat(second).succeedsWithin(ofSeconds(5)).isEqualTo(2);
    }

    @Test
    void aCallerLeadsOnItsOwnThreadAndNobodyIsWokenForIt() {
        var groupCommit = groupCommit(ofDays(1), this::quickly);

        groupCommit.submit(1);
        groupCommit.submit(2);

        assertThat(leaders).containsOnly(Thread.currentThread());
    }

    @Test
    void afterASlowBatchNoCallerLeads() {
        var slow = groupCommit(NONE, this::quickly); // whatever it takes is too long
        slow.submit(1);
        slow.submit(2);
        slow.submit(3);

        assertThat(leaders.getFirst()).isSameAs(Thread.currentThread());
        assertThat(leaders.subList(1, 3)).doesNotContain(Thread.currentThread());
    }

    @RepeatedTest(20)
    void everyCallIsAnsweredAndTheLeadIsNeverLost() {
        var groupCommit = groupCommit(ofNanos(100_000), this::quickly);
        var written = new AtomicInteger();
        var looking = threads.submit(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                groupCommit.releaseOverdue();
                Thread.yield();
            }
        });

        Parallel.times(32, () -> {
            for (var i = 0; i < 50; i++) {
                var own = i;
                if (groupCommit.submitAll(List.of(own)).getFirst() instanceof CallResult.Done<Integer>(var value)) {
                    assertThat(value).isEqualTo(2 * own);
                    written.incrementAndGet();
                }
            }
            return 0;
        });
        looking.cancel(true);

        assertThat(groupCommit.submitAll(List.of(21))).containsExactly(new CallResult.Done<>(42));
        assertThat(waiting()).isZero();
        assertThat(batches.stream().mapToInt(List::size).sum()).isGreaterThan(written.get());
    }

    @Test
    void aLeaderThatCannotBeStartedLeavesTheLeadToACaller() {
        factory = lead -> {
            throw new OutOfMemoryError("unable to create native thread");
        };
        var slow = groupCommit(NONE, this::quickly);

        assertThat(IntStream.range(0, 3).mapToObj(slow::submit)).containsExactly(0, 2, 4);
    }

    @Test
    void aLeaderThatDiesBeforeItBeginsIsReplaced() {
        var born = new AtomicInteger();
        factory = lead -> Thread.ofVirtual().unstarted(born.getAndIncrement() == 0 ? () -> {} : lead);
        var slow = groupCommit(ofSeconds(2), this::slowly);
        var first = submit(slow, 0);
        await().until(() -> batches.size() == 1);
        await().pollDelay(ofMillis(600)).until(() -> true); // more than a fourth of the time-out
        batchesThatMayEnd.release(10);
        assertThat(first).succeedsWithin(ofSeconds(5)).isEqualTo(0);

        var second = submit(slow, 1);
        await().until(() -> waiting() == 1);
        var third = submit(slow, 2);
        await().atMost(ofSeconds(20)).until(() -> {
            slow.releaseOverdue();
            return second.isDone() && third.isDone();
        });

        assertThat(second).succeedsWithin(ofSeconds(1)).isEqualTo(2);
        assertThat(third).succeedsWithin(ofSeconds(1)).isEqualTo(4);
        assertThat(submit(slow, 3)).succeedsWithin(ofSeconds(5)).isEqualTo(6);
        assertThat(born).hasValueGreaterThan(1);
    }

    private Future<Integer> submit(GroupCommit<Integer, Integer> groupCommit, int number) {
        return threads.submit(() -> groupCommit.submit(number));
    }

    private static void refused(Future<Integer> call, String fact) {
        assertThat(call)
                .failsWithin(ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(Problem.class)
                .withMessageContaining(fact)
                .havingCause()
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo(UNAVAILABLE));
    }

    private GroupCommit<Integer, Integer> groupCommit(Duration timeout, GroupCommit.Writer<Integer, Integer> writer) {
        var limits = new GroupCommitProperties(true, 64, DataSize.ofMegabytes(1), 200, DataSize.ofMegabytes(1));
        return new GroupCommit<>(
                limits,
                timeout,
                new GroupCommit.Sharing<>(request -> 1, request -> request),
                writer,
                new GroupCommitMetrics("test", meters),
                new GroupCommitThreads(factory, new Directly()));
    }

    private double waiting() {
        return meters.get("reliable.message.group.commit.waiting").gauge().value();
    }

    private List<Integer> quickly(List<Integer> batch) {
        batches.add(batch);
        leaders.add(Thread.currentThread());
        return batch.stream().map(number -> 2 * number).toList();
    }

    private List<Integer> slowly(List<Integer> batch) {
        var doubled = quickly(batch);
        batchesThatMayEnd.acquireUninterruptibly();
        return doubled;
    }
}
