package io.reliablemessage.recovery;

import static io.reliablemessage.testing.HttpStub.respond;

import io.reliablemessage.testing.HttpStub;
import io.reliablemessage.testing.HttpStub.Answer;
import io.reliablemessage.testing.HttpStub.Call;
import java.util.List;

/** A real HTTP server on loopback in place of the message service; it remembers what it was asked. */
final class StubService implements AutoCloseable {

    static final String KEY = "rmk_do-not-show-this";
    static final String NOTHING_DUE = report(0, 0, false);

    private final HttpStub server = new HttpStub();
    private volatile Answer answer = (n, exchange) -> respond(exchange, 200, NOTHING_DUE);
    private volatile Answer operationAnswer = (n, exchange) -> respond(exchange, 200, operated(0, false));
    private final List<Call> calls = server.on("/", (n, exchange) -> answer.to(n, exchange));
    private final List<Call> operationCalls =
            server.on("/jobs/operations", (n, exchange) -> operationAnswer.to(n, exchange));

    void answers(Answer next) {
        answer = next;
    }

    void answersOperations(Answer next) {
        operationAnswer = next;
    }

    String url() {
        return server.url();
    }

    /** For redelivery. */
    List<Call> calls() {
        return calls;
    }

    List<Call> operationCalls() {
        return operationCalls;
    }

    static String operated(int done, boolean more) {
        return "{\"done\":%d,\"seen\":0,\"more\":%b}".formatted(done, more);
    }

    static String report(int sent, int buried, boolean more) {
        return "{\"sent\":%d,\"buried\":%d,\"postponed\":0,\"more\":%b,\"brokerAvailable\":true}"
                .formatted(sent, buried, more);
    }

    @Override
    public void close() {
        server.close();
    }
}
