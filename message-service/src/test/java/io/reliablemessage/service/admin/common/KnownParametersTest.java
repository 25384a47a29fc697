package io.reliablemessage.service.admin.common;

import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A parameter that is misspelt, or given twice, never widens what a call is about. */
class KnownParametersTest {

    private final Service service = Service.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/messages",
                "/admin/messages/count",
                "/admin/audit",
                "/admin/operations",
                "/admin/topics",
                "/admin/subscriptions",
                "/admin/applications",
                "/admin/causes",
                "/admin/causes/trend",
                "/admin/rates",
                "/admin/overview"
            })
    void isRefusedByEveryList(String list) {
        var viewer = service.as(Key.NOTHING);

        assertThat(viewer.get(list + "?stat=DEAD").is(MALFORMED_REQUEST).text("detail"))
                .contains("'stat'");
        viewer.get(list + "?%20state=DEAD").is(MALFORMED_REQUEST);
        if (!list.endsWith("overview")
                && !list.endsWith("rates")
                && !list.endsWith("count")
                && !list.endsWith("trend")) {
            viewer.get(list + "?limit=1&limit=2").is(MALFORMED_REQUEST);
        }
        viewer.get(list).is(200);
    }

    /** Its subscription is a member of the body; left out, all deliveries are meant. */
    @Test
    void isRefusedByActions() {
        var route = service.newRoute();
        var dead = route.dead();

        service.as(Key.EVERYTHING)
                .post("/admin/messages/%s/discard?subscription=other".formatted(dead), Map.of("reason", "test"))
                .is(MALFORMED_REQUEST);
        service.as(Key.EVERYTHING)
                .post("/admin/messages/%s/discard".formatted(dead), Map.of("reason", "test", "subscription", ""))
                .is(io.reliablemessage.api.ProblemType.INVALID_REQUEST);

        assertThat(route.get(dead).state()).isEqualTo("DEAD");
        service.as(Key.NOTHING).get("/admin/messages/" + MessageFlow.newId()).is(404);
    }
}
