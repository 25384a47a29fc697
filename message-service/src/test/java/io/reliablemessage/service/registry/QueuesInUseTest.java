package io.reliablemessage.service.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Service;
import io.reliablemessage.service.plans.Explained;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.jpa.repository.Query;

/** Which queues are declared on each connection to the broker. */
@Tag("ledger")
class QueuesInUseTest {

    private final Service service = Service.shared();

    @ParameterizedTest
    @ValueSource(strings = {"force_generic_plan", "force_custom_plan"})
    void aRetiredSubscriptionIsProbedForWhatIsOnItsWay(String mode) {
        var route = service.newRoute();
        for (var i = 0; i < 20; i++) {
            var id = route.confirmed();
            route.ack(id).is(200);
        }
        retire(route.subscription());
        try (var explained = new Explained(service.database(), mode)) {
            explained.execute("SET enable_seqscan = off"); // days of a test are small

            var plan = explained.plansOf(() -> queuesInUse(explained)).getLast();

            assertThat(plan.reads()).isNotEmpty().allSatisfy(read -> {
                assertThat(read.index()).isNotEmpty().doesNotContain("pkey"); // partial, of what is on its way
                assertThat(read.rows()).isLessThan(10);
            });
        }
    }

    @Test
    void aRetiredSubscriptionIsInUseAsLongAsSomethingIsOnItsWay() {
        var route = service.newRoute();
        var id = route.confirmed();
        retire(route.subscription());
        assertThat(service.bean(SubscriptionRepository.class).queuesInUse()).contains(route.queue());

        route.ack(id).is(200);

        assertThat(service.bean(SubscriptionRepository.class).queuesInUse()).doesNotContain(route.queue());
    }

    private void retire(String subscription) {
        service.jdbc()
                .sql("UPDATE subscription SET retired_at = now() - interval '2 days' WHERE name = :name")
                .param("name", subscription)
                .update();
    }

    private static List<String> queuesInUse(Explained explained) {
        try {
            var query = SubscriptionRepository.class
                    .getDeclaredMethod("queuesInUse")
                    .getAnnotation(Query.class);
            return explained
                    .client()
                    .sql(Objects.requireNonNull(query).value())
                    .query(String.class)
                    .list();
        } catch (ReflectiveOperationException renamed) {
            throw new IllegalStateException(renamed);
        }
    }
}
