package io.reliablemessage.service.checkback;

import static io.reliablemessage.api.MessageState.SENDING;
import static io.reliablemessage.api.ProblemType.TRANSITION_REFUSED;
import static io.reliablemessage.service.checkback.Checkers.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.MessageState;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Thousands of pairs each of a verdict and a decision of the producer's own, in two replicas, so that no groupCommit
 * puts them in order.
 */
class VerdictRacesTest {

    private static final Logger log = LoggerFactory.getLogger(VerdictRacesTest.class);
    private static final int PAIRS = 100;
    private static final int CALLS = 10;

    private static final Service other = Checkers.shared().service().replica(Checkers.settings());

    private final Checkers checkers = Checkers.shared();
    private final Service service = checkers.service();
    private final MessageFlow route = service.newRoute();

    @AfterAll
    static void stop() {
        other.close();
    }

    @BeforeEach
    void nothingElseIsDue() {
        checkers.quiet();
    }

    @ParameterizedTest
    @CsvSource({
        "COMMITTED, cancel, SENDING, CANCELLED",
        "ROLLED_BACK, confirm, CANCELLED, SENDING",
        "COMMITTED, confirm, SENDING, SENDING"
    })
    void haveOneWinnerEachAndTheLoserIsTold(String verdict, String call, MessageState ofVerdict, MessageState ofCall) {
        race(30, verdict, call, ofVerdict, ofCall);
    }

    @ParameterizedTest
    @Tag("faults")
    @CsvSource({
        "COMMITTED, cancel, SENDING, CANCELLED",
        "ROLLED_BACK, confirm, CANCELLED, SENDING",
        "COMMITTED, confirm, SENDING, SENDING"
    })
    void haveOneWinnerEachForLong(String verdict, String call, MessageState ofVerdict, MessageState ofCall) {
        race(300, verdict, call, ofVerdict, ofCall);
    }

    private void race(int rounds, String verdict, String call, MessageState ofVerdict, MessageState ofCall) {
        var won = 0;
        for (var round = 0; round < rounds; round++) {
            var lease = leaseOf(PAIRS);
            var answers = new ConcurrentHashMap<String, JsonNode>();
            var racers = new ArrayList<Callable<Answer>>();
            racers.add(() -> checkers.answerAll(lease.request, verdict));
            for (var from = 0; from < lease.ids.size(); from += PAIRS / CALLS) {
                var some = lease.ids.subList(from, from + PAIRS / CALLS);
                racers.add(() -> call(call, some, answers));
            }
            Parallel.all(racers);

            var states = states(lease.ids);
            for (var id : lease.ids) {
                var state = Objects.requireNonNull(states.get(id));
                var answer = Objects.requireNonNull(answers.get(id));
                assertThat(state).isIn(ofVerdict, ofCall);
                if (state == ofCall) {
                    assertThat(answer.path("state").asString()).isEqualTo(state.name());
                } else {
                    won++;
                    var problem = answer.path("problem");
                    assertThat(problem.path("type").asString()).isEqualTo(TRANSITION_REFUSED.uri());
                    assertThat(problem.path("state").asString()).isEqualTo(state.name());
                }
            }
            assertThat(deliveries(lease.ids)).isEqualTo(Collections.frequency(states.values(), SENDING));
        }
        log.info("{} against {}: the verdict won {} of {}", verdict, call, won, rounds * PAIRS);
    }

    private Answer call(String call, List<String> ids, Map<String, JsonNode> answers) {
        var answer = other.as(Key.PRODUCER)
                .post(
                        "/messages/" + call,
                        ids.stream().map(id -> Map.of("id", id)).toList())
                .is(200);
        for (var i = 0; i < ids.size(); i++) {
            answers.put(ids.get(i), answer.body().get(i));
        }
        return answer;
    }

    private Leased leaseOf(int count) {
        var messages = IntStream.range(0, count)
                .mapToObj(i -> route.message(MessageFlow.newId()))
                .toList();
        service.as(Key.PRODUCER).post("/messages/prepare", messages).is(200);
        service.jdbc()
                .sql(
                        "UPDATE message SET check_due_at = now() - interval '1 s' WHERE topic = :topic AND check_due_at IS NOT NULL")
                .param("topic", route.topic())
                .update();
        var request = checkers.leaseOne();
        return new Leased(request, ids(request));
    }

    private Map<String, MessageState> states(List<String> ids) {
        var states = new HashMap<String, MessageState>();
        service.jdbc()
                .sql("SELECT id, shown_state(id, state) AS state FROM message WHERE id = ANY (:ids::uuid[])")
                .param("ids", ids.toArray(String[]::new))
                .query((row, n) -> states.put(row.getString("id"), MessageState.valueOf(row.getString("state"))))
                .list();
        return states;
    }

    private int deliveries(List<String> ids) {
        return service.jdbc()
                .sql("SELECT count(*) FROM delivery WHERE message_id = ANY (:ids::uuid[])")
                .param("ids", ids.toArray(String[]::new))
                .query(Integer.class)
                .single();
    }

    private record Leased(JsonNode request, List<String> ids) {}
}
