package io.reliablemessage.contract;

import static io.reliablemessage.api.ProblemType.FORBIDDEN;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;
import static io.reliablemessage.api.ProblemType.METHOD_NOT_ALLOWED;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.Headers;
import io.reliablemessage.api.ProblemType;
import java.util.List;
import java.util.Map;

/** The ledger's epoch, of a service that was never restored. */
final class LedgerCases {

    private static final String PATH = "/ledger";

    private final CaseList cases = new CaseList("the ledger");

    private LedgerCases() {}

    static List<ContractCase> all() {
        var ledger = new LedgerCases();
        ledger.views();
        ledger.losses();
        ledger.refusals();
        ledger.headers();
        return ledger.cases.all();
    }

    private void views() {
        for (var path : List.of(PATH, PATH + "?since=999999999999999999")) {
            cases.add("get " + path, session -> {
                var answer = session.get(Caller.PRODUCER, path).is(200).hasNo("restoredTo");

                assertThat(answer.text("epoch")).matches("[0-9]{1,18}");
                assertThat(answer.headers().firstValue(Headers.EPOCH)).hasValue(answer.text("epoch"));
            });
        }
    }

    private void losses() {
        cases.add("get %s?since=0, an epoch from before this ledger".formatted(PATH), session -> {
            var answer = session.get(Caller.PRODUCER, PATH + "?since=0").is(200);

            assertThat(answer.text("restoredTo")).as("nothing of it is left").isEqualTo("1970-01-01T00:00:00Z");
        });
    }

    private void refusals() {
        for (var since : List.of("", "abc", "-1", "1.5", "1%202", "1000000000000000000", "%D9%A3")) {
            refuses(INVALID_REQUEST, "?since=" + since);
        }
        refuses(MALFORMED_REQUEST, "?since=1&since=2");
        refuses(MALFORMED_REQUEST, "?since=%20");
        refuses(MALFORMED_REQUEST, "?until=1");
        cases.add(
                "a consumer asks", session -> session.get(Caller.CONSUMER, PATH).isProblem(FORBIDDEN));
        cases.add(
                "nobody posts to it",
                session -> session.post(Caller.PRODUCER, PATH, Map.of()).isProblem(METHOD_NOT_ALLOWED));
    }

    private void refuses(ProblemType problem, String query) {
        cases.add("get %s%s: %s".formatted(PATH, query, problem), session -> {
            var answer = session.get(Caller.PRODUCER, PATH + query).isProblem(problem);

            assertThat(answer.text("detail")).contains(query.substring(1, query.indexOf('=')));
        });
    }

    private void headers() {
        cases.add("a success shows the epoch", session -> {
            var answer = session.post(Caller.PRODUCER, "/messages/prepare", session.message(Session.newId()));

            assertThat(answer.is(201).headers().firstValue(Headers.EPOCH)).hasValue(epoch(session));
        });
        cases.add("a refusal shows the epoch", session -> {
            var answer = session.post(Caller.PRODUCER, "/messages/confirm", Map.of("id", Session.newId()));

            assertThat(answer.is(404).headers().firstValue(Headers.EPOCH)).hasValue(epoch(session));
        });
    }

    private static String epoch(Session session) {
        return session.get(Caller.PRODUCER, PATH).is(200).text("epoch");
    }
}
