package io.reliablemessage.service.platform.database;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import io.reliablemessage.testing.Infrastructure;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database commits, but its reply is lost: the caller gets "outcome unknown" and may repeat the call. */
@Tag("faults")
class LostRepliesTest {

    private static final int CYCLES = 70;
    private static final int DECISIONS = 20;
    private static final int CUTS = "short".equals(System.getProperty("faults.form")) ? 1 : 3;

    @Test
    void aLostReplyIsUnavailableAndTheSameCallAgainSucceeds() throws IOException {
        try (var proxy = new LossyProxy(Infrastructure.postgres().newDatabase());
                var service = Service.start(proxy.database(), Map.of())) {
            var route = service.newRoute();
            var ids = new HashSet<String>();
            for (var i = 0; i < CYCLES; i++) {
                var id = MessageFlow.newId();
                ids.add(id);
                lostThenDone(proxy, () -> route.prepare(id), Set.of(200, 201));
                lostThenDone(proxy, () -> route.confirm(id), Set.of(200));
                lostThenDone(proxy, () -> route.ack(id), Set.of(200));
            }

            assertThat(proxy.lost()).isGreaterThanOrEqualTo(3 * CYCLES);
            assertThat(service.jdbc()
                            .sql("SELECT id::text FROM message")
                            .query(String.class)
                            .list())
                    .containsExactlyInAnyOrderElementsOf(ids);
            assertThat(service.jdbc()
                            .sql("SELECT DISTINCT state FROM delivery")
                            .query(String.class)
                            .list())
                    .containsExactly("CONSUMED");
        }
    }

    /** Nothing is given up that the broker was not offered as often as it has attempts. */
    @Test
    void whatWasClaimedWithoutAReplyIsSentBeforeItIsGivenUp() throws IOException {
        try (var proxy = new LossyProxy(Infrastructure.postgres().newDatabase());
                var service = Service.start(
                        proxy.database(),
                        Map.of("message-service.ledger.schedule", "1s", "message-service.ledger.max-attempts", 2))) {
            var once = service.newRoute().subscribe(Key.CONSUMER, Map.of("maxAttempts", 1));
            var twice = service.newRoute();
            for (var i = 0; i < DECISIONS; i++) {
                var id = once.pending();
                lostThenDone(proxy, () -> once.confirm(id), Set.of(200));
                twice.confirmed();
            }

            var copiesOfOnce = new HashMap<String, Integer>();
            var copiesOfTwice = new HashMap<String, Integer>();
            try (var queueOfOnce = new QueueConsumer(service, once.queue());
                    var queueOfTwice = new QueueConsumer(service, twice.queue())) {
                await().atMost(Duration.ofMinutes(5)) // each cut costs 35 s
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> {
                            count(copiesOfTwice, queueOfTwice);
                            if (proxy.lost() < DECISIONS + CUTS && copiesOfTwice.size() == DECISIONS) {
                                proxy.cutNextCommit();
                            }
                            redeliver(service);
                            count(copiesOfOnce, queueOfOnce);
                            return dead(service, once) + dead(service, twice) == 2 * DECISIONS;
                        });
                count(copiesOfOnce, queueOfOnce);
                count(copiesOfTwice, queueOfTwice);
            }

            assertThat(proxy.lost()).isGreaterThan(DECISIONS);
            assertThat(copiesOfOnce).hasSize(DECISIONS);
            assertThat(copiesOfTwice.values()).hasSize(DECISIONS).allMatch(copies -> copies >= 2);
        }
    }

    /** As the recovery job does; a call whose commit is cut fails. */
    private static void redeliver(Service service) {
        service.as(Key.WORKER).post("/jobs/redeliveries", Map.of("limit", 500));
    }

    private static void count(Map<String, Integer> copies, QueueConsumer queue) {
        for (var message = queue.poll(); message != null; message = queue.poll()) {
            copies.merge(message.getProps().getMessageId(), 1, Integer::sum);
        }
    }

    private static int dead(Service service, MessageFlow route) {
        return service.jdbc()
                .sql("SELECT count(*) FROM delivery WHERE state = 'DEAD' AND subscription = :s")
                .param("s", route.subscription())
                .query(Integer.class)
                .single();
    }

    private static void lostThenDone(LossyProxy proxy, Supplier<Answer> call, Set<Integer> success) {
        Answer answer;
        var tries = 0;
        do { // now and then it is a background task of the service whose reply is lost
            proxy.loseNextReply();
            answer = call.get();
        } while (success.contains(answer.status()) && ++tries < 5);
        answer.is(UNAVAILABLE);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(call.get().status()).isIn(success);
    }
}
