package io.reliablemessage.service.platform.database;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import io.reliablemessage.testing.Infrastructure;
import java.io.IOException;
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
