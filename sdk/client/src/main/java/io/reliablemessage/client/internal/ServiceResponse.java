package io.reliablemessage.client.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/** Reads the response to one request. Never takes a foreign response for an answer. */
final class ServiceResponse {

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    ServiceResponse(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** As the answer to an object. */
    <T> Outcome<T> toObject(Class<T> type) {
        if (!isSuccess()) {
            return failed();
        }
        return Json.readTree(body)
                .flatMap(json -> Json.readAnswer(json, type))
                .<Outcome<T>>map(Outcome.Done::new)
                .orElseGet(this::notUnderstood);
    }

    /** As the answer to an array: one outcome per item, in order. */
    <T> Outcome<List<Outcome<T>>> toArray(List<EncodedCall> items, Class<T> type) {
        if (!isSuccess()) {
            return failed();
        }
        var answers = Json.readTree(body).filter(JsonNode::isArray);
        if (answers.isEmpty() || answers.get().size() > items.size()) {
            return notUnderstood();
        }
        var outcomes = new ArrayList<Outcome<T>>(items.size());
        for (var answer : answers.get()) {
            outcomes.add(toItem(answer, items.get(outcomes.size()), type));
        }
        outcomes.addAll(Collections.nCopies(items.size() - outcomes.size(), notUnderstood()));
        return new Outcome.Done<>(outcomes);
    }

    private <T> Outcome<T> toItem(JsonNode answer, EncodedCall item, Class<T> type) {
        if (answer.hasNonNull("id") && !item.isAbout(answer.get("id").asString(""))) {
            return notUnderstood(); // out of step: whose answer is it?
        }
        if (answer.hasNonNull("problem")) {
            var members = Json.readMembers(answer.get("problem"));
            return new Outcome.Failed<>(Problem.ofItem(status, headers, members), null);
        }
        return Json.readAnswer(answer, type).<Outcome<T>>map(Outcome.Done::new).orElseGet(this::notUnderstood);
    }

    private boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    private <T> Outcome<T> failed() {
        return new Outcome.Failed<>(Problem.read(status, headers, body), null);
    }

    /** A success by its status, but whose? */
    private <T> Outcome<T> notUnderstood() {
        return new Outcome.Failed<>(Problem.unexplained(status, headers), null);
    }
}
