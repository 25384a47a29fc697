package io.reliablemessage.contract;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;

import io.reliablemessage.api.ProblemType;
import java.util.List;
import java.util.Map;

/** The registration of applications, as far as no check URL is called. */
final class ApplicationCases {

    private static final String PATH = "/application";
    private static final String SECRET = "whsec_x3VbN0dJ5mO8pQ2rT4uW6yZ9aB1cD7eF+gH/iJkLmNo=";

    private final CaseList cases = new CaseList("an application");

    private ApplicationCases() {}

    static List<ContractCase> all() {
        var applications = new ApplicationCases();
        applications.unasked();
        applications.refusals();
        applications.requiredReferences();
        return applications.cases.all();
    }

    private void unasked() {
        cases.add(
                "without a check URL",
                session -> session.put(Caller.OTHER_PRODUCER, PATH, Map.of())
                        .is(200)
                        .has("name", "rival")
                        .has("requireCheckRef", false)
                        .hasNo("checkUrl")
                        .hasNo("checkAnswers"));
    }

    private void refusals() {
        refuses(INVALID_REQUEST, "a secret alone", Map.of("checkSecret", SECRET));
        refuses(INVALID_REQUEST, "a way to answer alone", Map.of("checkAnswers", "SIGNED"));
        refuses(INVALID_REQUEST, "no secret", Map.of("checkUrl", "https://orders.example.com/check"));
        refuses(MALFORMED_REQUEST, "an unknown way to answer", Map.of("checkAnswers", "SPOKEN"));
        refuses(MALFORMED_REQUEST, "a text for whether references are required", Map.of("requireCheckRef", "yes"));
        refuses(MALFORMED_REQUEST, "an unknown member", Map.of("surprise", 1));
        for (var secret : List.of("", "secret", "whsec_", "whsec_*", "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")) {
            refuses(
                    INVALID_REQUEST,
                    "the secret '%s'".formatted(secret),
                    Map.of("checkUrl", "http://127.0.0.1:9/check", "checkSecret", secret));
        }
        for (var url : List.of(
                "",
                "orders",
                "ftp://orders.example.com/check",
                "https:///check",
                "https://user@orders.example.com/check",
                "https://orders.example.com/check#top",
                "https://orders.example.com/a b",
                "https://orders.example.com/" + "x".repeat(2000))) {
            refuses(
                    INVALID_REQUEST,
                    "the check URL '%.40s'".formatted(url),
                    Map.of("checkUrl", url, "checkSecret", SECRET));
        }
    }

    private void refuses(ProblemType problem, String name, Map<String, ?> request) {
        cases.add(
                "with %s: %s".formatted(name, problem),
                session -> session.put(Caller.OTHER_PRODUCER, PATH, request).isProblem(problem));
    }

    private void requiredReferences() {
        cases.add("that requires check references", session -> {
            session.put(Caller.OTHER_PRODUCER, PATH, Map.of("requireCheckRef", true))
                    .is(200)
                    .has("requireCheckRef", true);
            try {
                var message = session.message(Caller.OTHER_PRODUCER, Session.newId());
                session.post(Caller.OTHER_PRODUCER, "/messages/prepare", message)
                        .isProblem(INVALID_REQUEST);
                session.post(Caller.OTHER_PRODUCER, "/messages", message).is(201); // nobody is asked about it
                var named = session.message(Caller.OTHER_PRODUCER, Session.newId());
                named.put("checkRef", "store-7");
                session.post(Caller.OTHER_PRODUCER, "/messages/prepare", named).is(201);
            } finally {
                session.put(Caller.OTHER_PRODUCER, PATH, Map.of()).is(200);
            }
        });
    }
}
