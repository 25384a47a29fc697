package io.reliablemessage.service.platform.security;

import static io.reliablemessage.api.ProblemType.TOO_MANY_CALLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Api;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.Service;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    @Test
    void aKeyThatAsksForTooMuchIsSentAwayAndTheOthersAreServed() {
        try (var service = Service.start(Map.of("message-service.security.calls-per-second", 20))) {
            var answers = Parallel.times(60, () -> service.as(Key.PRODUCER).get("/messages/" + MessageFlow.newId()));

            assertThat(answers).extracting(Answer::status).contains(404, 429).containsOnly(404, 429);
            var sentAway = answers.stream()
                    .filter(answer -> answer.status() == 429)
                    .findFirst()
                    .orElseThrow();
            sentAway.is(TOO_MANY_CALLS);
            assertThat(sentAway.headers().firstValue("Retry-After")).hasValue("1");
            service.as(Key.CONSUMER).get("/messages/" + MessageFlow.newId()).is(404);
        }
    }

    /** Each unknown key is a query, and there are enough of them to keep the database busy. */
    @Test
    void whoTriesKeysIsSentAwayBeforeTheDatabaseIsAsked() {
        try (var service = Service.start(Map.of("message-service.security.unknown-keys-per-second", 3))) {
            service.as(Key.PRODUCER).get("/messages/" + MessageFlow.newId()).is(404);

            var answers =
                    Parallel.times(120, () -> new Api(service.address(), "rm_" + UUID.randomUUID()).get("/messages/x"));

            assertThat(answers).extracting(Answer::status).contains(401, 429).containsOnly(401, 429);
            assertThat(answers).filteredOn(answer -> answer.status() == 401).hasSizeBetween(30, 60);
            answers.stream()
                    .filter(answer -> answer.status() == 429)
                    .findFirst()
                    .orElseThrow()
                    .is(TOO_MANY_CALLS);
            service.as(Key.PRODUCER).get("/messages/" + MessageFlow.newId()).is(404);
        }
    }
}
