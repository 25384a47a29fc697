package io.reliablemessage.service.platform.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Overdue work is visible from outside. */
@Tag("ledger")
class OverdueTest {

    private static final Service service = Service.start(Map.of(
            "message-service.registry.secret-keys[0].id", "one",
            "message-service.registry.secret-keys[0].value", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU=",
            "message-service.registry.allowed-addresses[0]", "127.0.0.1"));

    private final MessageFlow route = service.newRoute();

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void nothingElseIsDue() {
        update(
                "UPDATE message SET check_due_at = now() + interval '1 h', decision_due_at = now() + interval '1 h' WHERE check_due_at IS NOT NULL");
        update("UPDATE delivery SET due_at = now() + interval '1 h' WHERE due_at IS NOT NULL");
        service.as(Key.PRODUCER)
                .put(
                        "/application",
                        Map.of(
                                "checkUrl", "http://127.0.0.1:9/",
                                "checkSecret", "whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY="))
                .is(200);
    }

    @Test
    void tellsHowLongADeliveryHasBeenDue() {
        var id = route.confirmed();
        assertThat(overdue("redelivery")).isZero();

        route.overdue(id, 100);

        assertThat(overdue("redelivery")).isBetween(100.0, 200.0);
    }

    @Test
    void tellsHowLongAProducerShouldHaveBeenAsked() {
        route.pending();
        assertThat(overdue("checkback")).isZero();

        update("UPDATE message SET check_due_at = now() - interval '100 s' WHERE check_due_at IS NOT NULL");

        assertThat(overdue("checkback")).isBetween(100.0, 200.0);
    }

    @Test
    void anApplicationThatDoesNotAnswerIsNotTheCheckersFault() {
        route.pending();
        update("UPDATE message SET check_due_at = now() - interval '100 s' WHERE check_due_at IS NOT NULL");

        update("UPDATE application SET check_rests_until = now() - interval '1 s' WHERE name = 'shop'");

        assertThat(overdue("checkback")).isZero();
    }

    private static double overdue(String worker) {
        service.bean(OverdueMetrics.class).measure();
        return service.bean(MeterRegistry.class)
                .get("reliable.message.overdue")
                .tag("worker", worker)
                .gauge()
                .value();
    }

    private static void update(String sql) {
        service.jdbc().sql(sql).update();
    }
}
