package io.reliablemessage.service.decision;

import static io.reliablemessage.api.MessageState.CANCELLED;
import static io.reliablemessage.api.MessageState.SENDING;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What fails after a commit reaches neither callers nor their neighbours, and no send is lost by it. */
@Tag("ledger")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AfterCommitTest {

    private final Service service = Service.start(Map.of("spring.main.sources", FaultyMeters.class.getName()));

    @AfterEach
    void mendMeters() {
        FaultyMeters.armed.set(false);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void metricsThatFailReachNoCaller() throws IOException {
        var route = service.newRoute();
        FaultyMeters.armed.set(true);

        var id = MessageFlow.newId();
        route.prepare(id).is(201);
        route.confirm(id).is(200).hasState(SENDING);
        route.cancel(route.pending()).is(200).hasState(CANCELLED);
        var sent = service.as(Key.PRODUCER)
                .post("/messages", route.message(MessageFlow.newId()))
                .is(201)
                .hasState(SENDING)
                .id();

        try (var queue = new QueueConsumer(service, route.queue())) {
            assertThat(List.of(queue.next(), queue.next()))
                    .extracting(received -> received.getProps().getMessageId())
                    .containsExactly(id, sent);
        }
        route.ack(id).is(200);
        route.reject(sent).is(200);
        assertThat(FaultyMeters.failures).hasPositiveValue();
    }

    @Test
    void aFailedLookUpOfOneTakesNoDispatchOfAnotherAlong() throws IOException {
        var route = service.newRoute();
        var before = route.pending();
        route.cancel(before).is(200);
        var fresh = List.of(route.pending(), route.pending());
        service.jdbc()
                .sql("ALTER FUNCTION shown_state RENAME TO shown_state_before")
                .update();
        service.jdbc().sql("""
                CREATE FUNCTION shown_state(message_id uuid, decision text) RETURNS text
                    LANGUAGE plpgsql STABLE AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '53000'; END $$
                """).update();
        try {
            var answers = service.as(Key.PRODUCER)
                    .post("/messages/confirm", List.of(item(fresh.getFirst()), item(before), item(fresh.getLast())))
                    .is(200)
                    .body();

            assertThat(answers.at("/0/state").asString()).isEqualTo(SENDING.name());
            assertThat(answers.at("/1/problem/type").asString()).isEqualTo(UNAVAILABLE.uri());
            assertThat(answers.at("/2/state").asString()).isEqualTo(SENDING.name());
        } finally {
            service.jdbc().sql("DROP FUNCTION shown_state").update();
            service.jdbc()
                    .sql("ALTER FUNCTION shown_state_before RENAME TO shown_state")
                    .update();
        }
        try (var queue = new QueueConsumer(service, route.queue())) {
            for (var id : fresh) {
                assertThat(queue.next().getProps().getMessageId()).isEqualTo(id);
            }
        }
    }

    private static Map<String, String> item(String id) {
        return Map.of("id", id);
    }
}
