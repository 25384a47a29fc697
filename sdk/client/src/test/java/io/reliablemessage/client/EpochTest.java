package io.reliablemessage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.reliablemessage.api.Headers;
import io.reliablemessage.api.LedgerView;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client knows the highest ledger epoch that the service has answered with. */
class EpochTest {

    private final StubService service = new StubService();
    private final ReliableMessageClient client = service.client();

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    @Test
    void thereIsNoneBeforeTheFirstAnswerThatHasIt() {
        assertThat(client.epoch()).isEmpty();
        service.answers(200, StubService.sending("a"));
        client.confirm("a");

        assertThat(client.epoch()).isEmpty();
    }

    @Test
    void theHighestNumberCountsWhateverComesLater() {
        for (var epoch : List.of("9", "10", "2", "0010")) {
            answered(200, epoch);
        }

        assertThat(client.epoch()).hasValue("10");
        answered(200, "9999999999999999999");
        answered(200, "9223372036854775807");
        assertThat(client.epoch()).hasValue("9999999999999999999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "x", "1 2", "10000000000000000000"})
    void whatIsNoNumberIsIgnored(String epoch) {
        answered(200, "1");
        answered(200, epoch);

        assertThat(client.epoch()).hasValue("1");
    }

    @Test
    void aProblemCountsAsWell() {
        answered(404, "7");

        assertThat(client.epoch()).hasValue("7");
    }

    @Test
    void anAnswerOfSomebodyElseDoesNot() {
        service.answers(exchange -> {
            exchange.getResponseHeaders().set(Headers.EPOCH, "8");
            StubService.respond(exchange, 200, "text/html", "<html>log in</html>");
        });

        assertThatThrownBy(() -> client.confirm("a")).isInstanceOf(ServiceUnavailableException.class);
        assertThat(client.epoch()).isEmpty();
    }

    @Test
    void theLedgerTellsOfRestores() {
        var restored = Instant.parse("2026-05-01T10:00:00Z");
        service.answers(200, "{\"epoch\":\"3\",\"restoredTo\":\"2026-05-01T10:00:00Z\",\"new\":1}");

        assertThat(client.ledger("2")).isEqualTo(new LedgerView("3", restored));
        assertThat(service.calls()).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo("GET");
            assertThat(call.path()).isEqualTo("/ledger");
        });
    }

    @Test
    void theLedgerIsAskedSinceAnEpochOrNone() {
        var queries = new ArrayList<String>();
        service.answers(exchange -> {
            queries.add(String.valueOf(exchange.getRequestURI().getRawQuery()));
            StubService.json(200, "{\"epoch\":\"3\"}").to(exchange);
        });

        assertThat(client.ledger(null)).isEqualTo(new LedgerView("3", null));
        client.ledger("2");
        client.ledger("2&x=1 ");

        assertThat(queries).containsExactly("null", "since=2", "since=2%26x%3D1%20");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.ledger(" "))
                .withMessageContaining("since");
    }

    private void answered(int status, String epoch) {
        service.answers(exchange -> answer(exchange, status, epoch));
        try {
            client.confirm("a");
        } catch (MessageProblemException refused) {
            assertThat(status).isEqualTo(404);
        }
    }

    private static void answer(HttpExchange exchange, int status, String epoch) throws IOException {
        exchange.getResponseHeaders().set(Headers.EPOCH, epoch);
        StubService.json(
                        status, status == 200 ? StubService.sending("a") : "{\"type\":\"/problems/message-not-found\"}")
                .to(exchange);
    }
}
