package io.reliablemessage.contract;

import static io.reliablemessage.api.ProblemType.ID_OUTSIDE_WINDOW;
import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** The window of ids, and the times and durations of a message. */
final class TimeCases {

    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final CaseList cases = new CaseList("time");

    private TimeCases() {}

    static List<ContractCase> all() {
        var times = new TimeCases();
        times.window();
        times.delays();
        times.deliveries();
        times.checks();
        return times.cases.all();
    }

    private void window() {
        for (var path : List.of("/messages/prepare", "/messages")) {
            id(path, "a minute less than 7 days old", Duration.ofDays(-7).plus(MARGIN), true);
            id(path, "a minute more than 7 days old", Duration.ofDays(-7).minus(MARGIN), false);
            id(path, "9 minutes ahead", Duration.ofMinutes(9), true);
            id(path, "11 minutes ahead", Duration.ofMinutes(11), false);
        }
    }

    private void id(String path, String name, Duration away, boolean isAccepted) {
        cases.add("an id that is %s, by %s".formatted(name, path), session -> {
            var message = session.message(Session.newId(Instant.now().plus(away)));

            var answer = session.post(Caller.PRODUCER, path, message);

            if (isAccepted) {
                answer.is(201);
            } else {
                answer.isProblem(ID_OUTSIDE_WINDOW).hasMembers("now", "earliest", "latest");
            }
        });
    }

    private void delays() {
        for (var delay : List.of("PT0S", "PT0.001S", "PT30M", "P30D")) {
            cases.accepts("a delay of " + delay, "delay", delay);
        }
        for (var delay : List.of("PT-1S", "P31D", "P30DT1S", "30m", "30", "")) {
            cases.refuses(INVALID_REQUEST, "a delay of '%s'".formatted(delay), "delay", delay);
        }
    }

    private void deliveries() {
        deliverAt("in an hour", Duration.ofHours(1), true);
        deliverAt("a minute less than 30 days ahead", Duration.ofDays(30).minus(MARGIN), true);
        deliverAt("a minute more than 30 days ahead", Duration.ofDays(30).plus(MARGIN), false);
        deliverAt("long ago", Duration.ofDays(-10_000), true);
        cases.accepts("a delivery at a time with an offset", "deliverAt", "2026-01-31T12:00:00+08:00");
        for (var wrong : List.of("2026-01-31", "2026-01-31T12:00:00", "tomorrow", "1969-12-31T23:59:59Z")) {
            cases.refuses(INVALID_REQUEST, "a delivery at " + wrong, "deliverAt", wrong);
        }
        cases.refuses(
                INVALID_REQUEST,
                "a delay and a delivery time",
                Map.of("delay", "PT1S", "deliverAt", "2026-01-31T12:00:00Z"));
        cases.add("what is delayed is confirmed, and not sent", session -> {
            var id = Session.newId();
            var message = session.message(id);
            message.put("delay", "PT1H");
            session.post(Caller.PRODUCER, "/messages", message).is(201).has("state", "SENDING");
            var delivery = session.get(Caller.PRODUCER, "/messages/" + id).is(200);
            delivery.hasMembers("deliverAt").has("state", "SENDING");
            delivery.at("/deliveries/0").has("attempts", 0).hasMembers("nextAt").hasNo("sentAt");
        });
    }

    private void deliverAt(String name, Duration ahead, boolean isAccepted) {
        var at = Instant.now().plus(ahead).truncatedTo(ChronoUnit.SECONDS).toString();
        if (isAccepted) {
            cases.accepts("a delivery " + name, "deliverAt", at);
        } else {
            cases.refuses(INVALID_REQUEST, "a delivery " + name, "deliverAt", at);
        }
    }

    private void checks() {
        for (var wait : List.of("PT1S", "PT90S", "P7D")) {
            cases.accepts("a check after " + wait, "checkAfter", wait);
        }
        for (var wait : List.of("PT0S", "PT0.999S", "P7DT1S", "1m")) {
            cases.refuses(INVALID_REQUEST, "a check after " + wait, "checkAfter", wait);
        }
        cases.add("a pending message says when its producer is asked", session -> {
            var id = session.messageIn(Situation.PENDING_CONFIRM);
            session.get(Caller.PRODUCER, "/messages/" + id)
                    .is(200)
                    .has("suspect", false)
                    .at("/checkbacks")
                    .has("attempts", 0)
                    .hasMembers("nextAt")
                    .hasNo("lastAnswer");
        });
    }
}
