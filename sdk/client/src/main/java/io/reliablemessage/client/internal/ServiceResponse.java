package io.reliablemessage.client.internal;

import io.reliablemessage.client.internal.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the answer to one request. Never takes a foreign one for the service's. */
final class ServiceResponse {

    private final ServiceAnswer answer;
    private final @Nullable Object body;

    ServiceResponse(ServiceAnswer answer, Json json) {
        this.answer = answer;
        this.body = json.readTree(answer.body()).orElse(null);
    }

    /** As the answer to an object. */
    <T> Outcome<T> toObject(Class<T> type) {
        return answer.isSuccess() ? read(body, type) : failed();
    }

    /** As the answer to an array: one outcome per item, in order. */
    <T> Outcome<List<Outcome<T>>> toArray(List<EncodedCall> items, Class<T> type) {
        if (!answer.isSuccess()) {
            return failed();
        }
        if (!(body instanceof List<?> answers) || answers.size() > items.size()) {
            return notUnderstood();
        }
        var outcomes = new ArrayList<Outcome<T>>(items.size());
        for (var each : answers) {
            outcomes.add(toItem(each, items.get(outcomes.size()), type));
        }
        outcomes.addAll(Collections.nCopies(items.size() - outcomes.size(), notUnderstood()));
        return new Outcome.Done<>(outcomes);
    }

    private <T> Outcome<T> toItem(@Nullable Object each, EncodedCall item, Class<T> type) {
        if (!(each instanceof Map<?, ?> members)) {
            return notUnderstood();
        }
        var id = members.get("id");
        if (id != null && !item.isAbout(id.toString())) {
            return notUnderstood(); // out of step: whose answer is it?
        }
        var problem = members.get("problem");
        if (problem != null) {
            return new Outcome.Failed<>(
                    Problem.ofItem(answer.status(), answer.headers(), Json.readMembers(problem)), null);
        }
        return read(members, type);
    }

    private <T> Outcome<T> read(@Nullable Object json, Class<T> type) {
        return Json.readAnswer(json, type).<Outcome<T>>map(Outcome.Done::new).orElseGet(this::notUnderstood);
    }

    private <T> Outcome<T> failed() {
        return new Outcome.Failed<>(Problem.read(answer.status(), answer.headers(), body), null);
    }

    /** A success by its status, but whose? */
    private <T> Outcome<T> notUnderstood() {
        return new Outcome.Failed<>(Problem.unexplained(answer.status(), answer.headers()), null);
    }
}
