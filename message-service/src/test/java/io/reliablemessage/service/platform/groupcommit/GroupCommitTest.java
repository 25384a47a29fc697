package io.reliablemessage.service.platform.groupcommit;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.platform.database.SqlState.CommitFailed;
import io.reliablemessage.service.platform.problem.Problem;
import java.sql.SQLException;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.util.unit.DataSize;

class GroupCommitTest {

    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstBatchMayEnd = new CountDownLatch(1);

    @Test
    void aloneACallIsABatchOfItsOwn() {
        var groupCommit = groupCommit(this::doubled);

        assertThat(groupCommit.submit(21)).isEqualTo(42);
        assertThat(groupCommit.submit(4)).isEqualTo(8);

        assertThat(batches).containsExactly(List.of(21), List.of(4));
    }

    @Test
    void whatComesWhileABatchIsWrittenIsWrittenTogether() throws InterruptedException {
        var groupCommit = groupCommit(this::firstBatchWaits);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> groupCommit.submit(0));
            Awaitility.await().until(() -> batches.size() == 1);
            var followers = IntStream.rangeClosed(1, 50)
                    .mapToObj(i -> threads.submit(() -> groupCommit.submit(i)))
                    .toList();
            Awaitility.await().until(() -> waiting() == 50);

            firstBatchMayEnd.countDown();

            assertThat(first).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(0);
            for (var i = 0; i < followers.size(); i++) {
                assertThat(followers.get(i))
                        .succeedsWithin(Duration.ofSeconds(5))
                        .isEqualTo(2 * (i + 1));
            }
        }
        assertThat(batches).hasSize(2);
        assertThat(batches.get(1)).hasSize(50);
    }

    @RepeatedTest(20)
    void everyCallGetsItsOwnResults() {
        var groupCommit = groupCommit(this::doubled);
        var number = new AtomicInteger();

        var answers = Parallel.times(64, () -> {
            var own = number.addAndGet(3);
            return groupCommit.submitAll(List.of(own, own + 1, own + 2)).stream()
                    .map(CallResult::orThrow)
                    .toList()
                    .equals(List.of(2 * own, 2 * own + 2, 2 * own + 4));
        });

        assertThat(answers).containsOnly(true);
        assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(3 * 64);
    }

    @Test
    void aCulpritIsFoundByHalvingAndTheOthersAreWritten() {
        var groupCommit = groupCommit(batch -> {
            batches.add(batch);
            if (batch.contains(13)) {
                throw refused("23514");
            }
            return batch;
        });

        var results = groupCommit.submitAll(IntStream.range(0, 64).boxed().toList());

        assertThat(results).filteredOn(CallResult.Failed.class::isInstance).hasSize(1);
        assertThat(results.get(13)).isInstanceOf(CallResult.Failed.class);
        assertThat(batches).hasSizeLessThan(15);
    }

    @Test
    void aDeadlockIsTriedAgainWithTheSameBatchAndNobodyIsBlamed() {
        var groupCommit = groupCommit(batch -> {
            batches.add(batch);
            if (batches.size() <= 3) {
                throw refused(batches.size() == 2 ? "40001" : "40P01");
            }
            return batch;
        });

        assertThat(groupCommit.submitAll(List.of(1, 2, 3))).allMatch(CallResult.Done.class::isInstance);

        assertThat(batches).hasSize(4).allMatch(List.of(1, 2, 3)::equals);
    }

    @Test
    void afterThreeRepeatsTheCallersAreToldToRepeat() {
        var groupCommit = groupCommit(batch -> {
            batches.add(batch);
            throw refused("40P01");
        });

        assertThatThrownBy(() -> groupCommit.submit(1))
                .isInstanceOfSatisfying(Problem.class, GroupCommitTest::isUnavailable);
        assertThat(batches).hasSize(4);
    }

    @Test
    void aCommitInDoubtIsNeitherRepeatedNorHalved() {
        var groupCommit = groupCommit(batch -> {
            batches.add(batch);
            throw new CommitFailed(refused("40001"));
        });

        var results = groupCommit.submitAll(List.of(1, 2));

        assertThat(batches).hasSize(1);
        assertThat(results)
                .allSatisfy(result -> assertThatThrownBy(result::orThrow)
                        .isInstanceOfSatisfying(Problem.class, GroupCommitTest::isUnavailable));
    }

    @Test
    void aLostConnectionIsNeitherRepeatedNorHalved() {
        var groupCommit = groupCommit(batch -> {
            batches.add(batch);
            throw new DataAccessResourceFailureException("gone", new SQLException("gone", "08006"));
        });

        var results = groupCommit.submitAll(List.of(1, 2));

        assertThat(batches).hasSize(1);
        assertThat(results).allMatch(CallResult.Failed.class::isInstance);
    }

    @Test
    void aFullLaneRefusesAndLooksAtNothing() {
        var groupCommit = groupCommit(this::firstBatchWaits);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> groupCommit.submit(0));
            Awaitility.await().until(() -> batches.size() == 1);
            IntStream.range(0, 200).forEach(i -> threads.submit(() -> groupCommit.submit(i)));
            Awaitility.await().until(() -> waiting() == 200);

            assertThatThrownBy(() -> groupCommit.submit(1))
                    .isInstanceOfSatisfying(Problem.class, GroupCommitTest::isUnavailable);

            firstBatchMayEnd.countDown();
        }
        assertThat(groupCommit.submit(7)).isEqualTo(14);
        assertThat(refusals("full")).isEqualTo(1);
        assertThat(refusals("overdue")).isZero();
    }

    @Test
    void aWriterThatBreaksLeavesNobodyWaiting() {
        var isFirst = new AtomicInteger();
        var groupCommit = groupCommit(batch -> {
            if (isFirst.getAndIncrement() == 0) {
                throw new StackOverflowError("of the writer");
            }
            return batch;
        });

        assertThatThrownBy(() -> groupCommit.submit(1))
                .isInstanceOfSatisfying(Problem.class, GroupCommitTest::isUnavailable);

        assertThat(groupCommit.submit(2)).isEqualTo(2);
    }

    @Test
    void errorsWhileABatchIsTakenOrCompletedLeaveNobodyWaiting() {
        var groupCommit = groupCommit(this::firstBatchWaits);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> groupCommit.submit(0));
            Awaitility.await().until(() -> batches.size() == 1);
            var broken = threads.submit(() -> groupCommit.submitAll(new BrokenList()));
            Awaitility.await().until(() -> waiting() == 1);
            var neighbour = threads.submit(() -> groupCommit.submitAll(List.of(5)));
            Awaitility.await().until(() -> waiting() == 2);

            firstBatchMayEnd.countDown();

            assertThat(first).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(0);
            assertThat(List.of(broken, neighbour))
                    .allSatisfy(call -> assertThat(call)
                            .succeedsWithin(Duration.ofSeconds(5))
                            .satisfies(results -> assertThatThrownBy(results.getFirst()::orThrow)
                                    .isInstanceOfSatisfying(Problem.class, GroupCommitTest::isUnavailable)));
        }
        assertThat(groupCommit.submit(7)).isEqualTo(14);
        assertThat(waiting()).isZero();
    }

    /** Its second reader, which is the leader, runs out of memory. */
    private static final class BrokenList extends AbstractList<Integer> {
        private final AtomicInteger readers = new AtomicInteger();

        @Override
        public Integer get(int index) {
            return 1;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Stream<Integer> stream() {
            if (readers.incrementAndGet() == 2) {
                throw new OutOfMemoryError("of the leader");
            }
            return super.stream();
        }
    }

    @Test
    void whatFollowsACommitReachesNoCaller() {
        var followed = new ConcurrentLinkedQueue<Integer>();
        var groupCommit = groupCommit(new GroupCommit.Writer<>() {
            @Override
            public List<Integer> write(List<Integer> requests) {
                return doubled(requests);
            }

            @Override
            public void committed(Integer request, Integer result) {
                followed.add(result);
                if (request == 2) {
                    throw new StackOverflowError("of a step");
                }
                throw new IllegalStateException("of a step");
            }
        });

        assertThat(groupCommit.submitAll(List.of(1, 2, 3)))
                .containsExactly(new CallResult.Done<>(2), new CallResult.Done<>(4), new CallResult.Done<>(6));

        assertThat(followed).containsExactly(2, 4, 6);
        assertThat(batches).hasSize(1);
    }

    @Test
    void metricsThatFailReachNoCaller() {
        var groupCommit = groupCommit(this::doubled);
        failing.set(true);

        assertThat(groupCommit.submit(1)).isEqualTo(2);
        assertThat(groupCommit.submit(2)).isEqualTo(4);
    }

    @Test
    void aRequestThatCannotBeSentIsFoundByHalving() {
        var groupCommit = groupCommit(batch -> {
            if (batch.contains(13)) {
                throw new IllegalArgumentException("not text");
            }
            return doubled(batch);
        });

        var results = groupCommit.submitAll(IntStream.range(0, 64).boxed().toList());

        assertThat(results).filteredOn(CallResult.Failed.class::isInstance).hasSize(1);
        assertThat(results.get(13)).isInstanceOf(CallResult.Failed.class);
    }

    @Test
    void noRequestIsBlamedForAMissingPartition() {
        var groupCommit = groupCommit(batch -> {
            batches.add(batch);
            throw new DataIntegrityViolationException(
                    "no partition",
                    new PSQLException(new ServerErrorMessage("SERROR\0C23514\0Mno partition\0tmessage\0")));
        });

        var results = groupCommit.submitAll(List.of(1, 2, 3));

        assertThat(batches).hasSize(1);
        assertThat(results)
                .allSatisfy(result -> assertThatThrownBy(result::orThrow)
                        .isInstanceOfSatisfying(Problem.class, GroupCommitTest::isUnavailable));
    }

    @Test
    void aLockedRowIsFoundByHalvingAndFromThenOnWrittenByItself() {
        var isLocked = new AtomicBoolean(true);
        var groupCommit = groupCommit(batch -> {
            if (isLocked.get() && batch.contains(13)) {
                throw refused("55P03");
            }
            return doubled(batch);
        });
        var all = IntStream.range(0, 64).boxed().toList();

        var results = groupCommit.submitAll(all);
        batches.clear();
        var again = groupCommit.submitAll(all);

        for (var each : List.of(results, again)) {
            assertThat(each).filteredOn(CallResult.Failed.class::isInstance).hasSize(1);
            assertThatThrownBy(each.get(13)::orThrow)
                    .isInstanceOfSatisfying(Problem.class, GroupCommitTest::isUnavailable)
                    .hasMessageContaining("nothing was done");
        }
        assertThat(batches)
                .hasSize(1)
                .first()
                .satisfies(batch -> assertThat(batch).hasSize(63));
        isLocked.set(false);
        assertThat(groupCommit.submit(13)).isEqualTo(26);
        batches.clear();
        assertThat(groupCommit.submitAll(all)).allMatch(CallResult.Done.class::isInstance);
        assertThat(batches).hasSize(1);
    }

    @Test
    void whatIsNotSettledIsWrittenAgainByItself() {
        var groupCommit = groupCommit(batch -> {
            doubled(batch);
            var isFirst = batches.size() == 1;
            return batch.stream()
                    .map(number -> number == 2 && isFirst || number == 3 ? null : 2 * number)
                    .toList();
        });

        var results = groupCommit.submitAll(List.of(1, 2, 3));

        assertThat(results.subList(0, 2)).containsExactly(new CallResult.Done<>(2), new CallResult.Done<>(4));
        assertThatThrownBy(results.get(2)::orThrow)
                .isInstanceOfSatisfying(Problem.class, GroupCommitTest::isUnavailable);
        assertThat(batches).startsWith(List.of(1, 2, 3), List.of(2, 3)).hasSizeLessThan(5);
    }

    @Test
    void anInterruptedFollowerStillGetsItsResultAndStaysInterrupted() {
        var groupCommit = groupCommit(this::firstBatchWaits);
        var results = new ConcurrentLinkedQueue<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> groupCommit.submit(0));
            Awaitility.await().until(() -> batches.size() == 1);
            var follower = threads.submit(() -> {
                Thread.currentThread().interrupt();
                results.add(groupCommit.submit(5));
                return Thread.currentThread().isInterrupted();
            });
            Awaitility.await().until(() -> waiting() == 1);
            firstBatchMayEnd.countDown();

            assertThat(follower).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
        }
        assertThat(results).containsExactly(10);
    }

    private final AtomicBoolean failing = new AtomicBoolean();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry() {
        @Override
        protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauses) {
            return new CumulativeTimer(id, clock, config, pauses, getBaseTimeUnit(), false) {
                @Override
                protected void recordNonNegative(long amount, TimeUnit unit) {
                    if (failing.get()) {
                        throw new StackOverflowError("of a meter");
                    }
                }
            };
        }
    };

    private GroupCommit<Integer, Integer> groupCommit(GroupCommit.Writer<Integer, Integer> writer) {
        var limits = new GroupCommitProperties(true, 64, DataSize.ofMegabytes(1), 200, DataSize.ofMegabytes(1));
        return new GroupCommit<>(
                limits,
                Duration.ofSeconds(30),
                new GroupCommit.Sharing<>(request -> 1, request -> request),
                writer,
                new GroupCommitMetrics("test", meters),
                new GroupCommitThreads(Thread.ofVirtual().factory(), new Directly()));
    }

    private double waiting() {
        return meters.get("reliable.message.group.commit.waiting").gauge().value();
    }

    private double refusals(String reason) {
        return meters.get("reliable.message.group.commit.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private List<Integer> doubled(List<Integer> batch) {
        batches.add(batch);
        return batch.stream().map(number -> 2 * number).toList();
    }

    private List<Integer> firstBatchWaits(List<Integer> batch) {
        batches.add(batch);
        if (batches.size() == 1) {
            try {
                firstBatchMayEnd.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
        return batch.stream().map(number -> 2 * number).toList();
    }

    private static DataIntegrityViolationException refused(String sqlState) {
        return new DataIntegrityViolationException("refused", new SQLException("refused", sqlState));
    }

    private static void isUnavailable(Problem problem) {
        assertThat(problem.type()).isEqualTo(UNAVAILABLE);
    }
}
