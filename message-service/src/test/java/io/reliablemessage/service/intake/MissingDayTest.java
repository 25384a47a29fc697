package io.reliablemessage.service.intake;

import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The ledger has no partition for today. That is no caller's fault, and soon answered. */
@Tag("ledger")
@ExtendWith(OutputCaptureExtension.class)
class MissingDayTest {

    private static final String ALARM = "the ledger has no partition";

    @Test
    void everyMessageOfTodayIsToldToComeAgainAfterFewStatementsAndWithOneAlarm(CapturedOutput output) {
        try (var service = Service.start(Map.of())) {
            var route = service.newRoute();
            var confirmed = route.confirmed();
            route.ack(confirmed).is(200);
            withoutToday(service);
            var before = statements(service);

            for (var path : Stream.of("/messages/prepare", "/messages").toList()) {
                var answers = service.as(Key.PRODUCER)
                        .post(
                                path,
                                Stream.generate(() -> route.message(MessageFlow.newId()))
                                        .limit(200)
                                        .toList())
                        .is(200)
                        .body();

                assertThat(answers)
                        .hasSize(200)
                        .allSatisfy(
                                answer -> assertThat(answer.at("/problem/type").asString())
                                        .isEqualTo(UNAVAILABLE.uri()));
                service.as(Key.PRODUCER)
                        .post(path, Map.of("topic", route.topic(), "key", "A-1", "payload", 1))
                        .is(UNAVAILABLE);
            }

            assertThat(statements(service) - before).isLessThan(40);
            assertThat(output.getAll().split(ALARM, -1).length - 1).isEqualTo(1);
            assertThat(service.bean(MeterRegistry.class)
                            .get("reliable.message.ledger.missing.partition")
                            .counter()
                            .count())
                    .isPositive();
        }
    }

    private static void withoutToday(Service service) {
        for (var table : Stream.of("message", "delivery", "event").toList()) {
            var partition = service.jdbc()
                    .sql("SELECT '%s_' || to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD')".formatted(table))
                    .query(String.class)
                    .single();
            service.jdbc().sql("DROP TABLE " + partition).update();
        }
    }

    /** A statement that commits by itself has a connection of its own. */
    private static long statements(Service service) {
        return service.bean(MeterRegistry.class).get("hikaricp.connections.acquire").timers().stream()
                .mapToLong(io.micrometer.core.instrument.Timer::count)
                .sum();
    }
}
