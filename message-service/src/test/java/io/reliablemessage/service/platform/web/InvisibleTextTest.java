package io.reliablemessage.service.platform.web;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody sees is no text: in keys, reasons and operators' names. */
class InvisibleTextTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0001",
                "\u0085",
                "a\u0007b",
                "a\u009bb",
                "a\u202eb",
                "\u200f",
                "a\u2066b",
                "a\u2028b",
                " ",
                "\u00a0",
                "\u3000",
                "\u200b\u200d",
                "\ufeff",
                "\u3164",
                "\u2800"
            })
    void isRefusedWhereverPeopleReadIt(String text) {
        var dead = route.dead();
        var message = new HashMap<>(route.message(MessageFlow.newId()));
        message.put("key", text);

        service.as(Key.PRODUCER).post("/messages/prepare", message).is(INVALID_REQUEST);
        service.as(Key.PRODUCER).post("/messages", message).is(INVALID_REQUEST);
        for (var path : List.of(
                "/admin/messages/%s/resend".formatted(dead),
                "/admin/messages/%s/discard".formatted(dead),
                "/admin/subscriptions/%s/pause".formatted(route.subscription()),
                "/admin/applications/shop/checkbacks",
                "/admin/keys/rm_none/expire")) {
            assertThat(service.as(Key.EVERYTHING)
                            .post(path, Map.of("reason", text))
                            .is(INVALID_REQUEST)
                            .text("detail"))
                    .startsWith("reason");
        }
        service.as(Key.CONSOLE)
                .call(
                        "GET",
                        "/admin/messages/" + dead,
                        "",
                        "RM-Roles",
                        "viewer",
                        "RM-Actor",
                        URLEncoder.encode(text, UTF_8).replace("+", "%20"))
                .is(MALFORMED_REQUEST);
        service.as(Key.CONSUMER)
                .post(
                        "/messages/%s/reject".formatted(dead),
                        Map.of("subscription", route.subscription(), "code", "NO", "reason", text))
                .is(200);
        assertThat(route.get(dead).body().at("/deliveries/0/lastError").asString())
                .matches("NO(: a b)?");
    }

    @Test
    void visibleTextOfAnyLanguageStays() {
        for (var text : List.of("订单-1", "Zoë", "👩‍💻 mended", "می‌خواهم", "א-1", "a b")) {
            var message = new HashMap<>(route.message(MessageFlow.newId()));
            message.put("key", text);
            service.as(Key.PRODUCER).post("/messages/prepare", message).is(201);
            service.as(Key.EVERYTHING)
                    .post("/admin/messages/%s/resend".formatted(route.dead()), Map.of("reason", text))
                    .is(200);
        }
        service.as(Key.EVERYTHING)
                .post("/admin/messages/%s/resend".formatted(route.dead()), Map.of("reason", "one\r\n\ttwo"))
                .is(200);
    }
}
