package io.reliablemessage.service.platform.web;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;

import io.reliablemessage.service.platform.groupcommit.CallResult;
import io.reliablemessage.service.platform.groupcommit.GroupCommit;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.problem.UnreadableJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Handles a body of one object or an array. An array's answer has, per item and in order, the answer that the object
 * alone would get, or its problem.
 */
@Component
public class Bodies {

    private static final int MAX_ITEMS = 500;

    private final JsonFactory tokens = RawJson.factoryOfArrays();
    private final JsonMapper json;

    Bodies(JsonMapper json) {
        this.json = json;
    }

    /**
     * Finds an array's items, each as the bytes it is.
     *
     * @return empty when the body is no array
     */
    public Optional<List<byte[]>> items(byte[] body) {
        RawJson.requireUtf8(body);
        try (var parser = tokens.createParser(ObjectReadContext.empty(), body)) {
            return parser.nextToken() == JsonToken.START_ARRAY ? Optional.of(items(parser, body)) : Optional.empty();
        } catch (JacksonException broken) {
            throw new Problem(MALFORMED_REQUEST, UnreadableJson.explain(broken), broken);
        }
    }

    private static List<byte[]> items(JsonParser parser, byte[] body) {
        var items = new ArrayList<byte[]>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            var first = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            items.add(Arrays.copyOfRange(
                    body, first, (int) parser.currentLocation().getByteOffset()));
        }
        if (parser.nextToken() != null) {
            throw new Problem(MALFORMED_REQUEST, "There is text after the JSON array.");
        }
        if (items.size() > MAX_ITEMS) {
            throw new Problem(
                    INVALID_REQUEST,
                    "The array has %d items, at most %d are accepted.".formatted(items.size(), MAX_ITEMS));
        }
        return items;
    }

    /** Reads an object of a type. */
    public <T> T read(byte[] object, Class<T> type) {
        return readIfAny(object, type)
                .orElseThrow(() -> new Problem(MALFORMED_REQUEST, "There is null in place of an object."));
    }

    /** The same, or null. */
    public <T> Optional<T> readIfAny(byte[] object, Class<T> type) {
        try {
            return Optional.ofNullable(json.readValue(object, type));
        } catch (JacksonException broken) {
            throw new Problem(MALFORMED_REQUEST, UnreadableJson.explain(broken), broken);
        }
    }

    /**
     * Executes the body's requests by group commit.
     *
     * @param read turns an object into a request
     * @param toAnswer turns a request's result into its answer
     */
    public <Q, R> Object answer(
            byte[] body, Function<byte[], Q> read, GroupCommit<Q, R> groupCommit, BiFunction<Q, R, Object> toAnswer) {
        var items = items(body);
        if (items.isPresent()) {
            return answerAll(items.get(), read, groupCommit, toAnswer);
        }
        var request = read.apply(body);
        return toAnswer.apply(request, groupCommit.submit(request));
    }

    /** The same for the items of an array. An unreadable item does not stop the others. */
    public <Q, R> List<Object> answerAll(
            List<byte[]> items,
            Function<byte[], Q> read,
            GroupCommit<Q, R> groupCommit,
            BiFunction<Q, R, Object> toAnswer) {
        var requests =
                items.stream().map(item -> attempt(() -> read.apply(item))).toList();
        var results = groupCommit
                .submitAll(requests.stream()
                        .filter(CallResult.Done.class::isInstance)
                        .map(CallResult::orThrow)
                        .toList())
                .iterator();
        var answers = new ArrayList<Object>();
        for (var i = 0; i < items.size(); i++) {
            var item = items.get(i);
            answers.add(
                    switch (requests.get(i)) {
                        case CallResult.Failed<Q>(var problem) -> new ItemProblem(idOf(item), problem.body());
                        case CallResult.Done<Q>(var request) -> answered(item, request, results.next(), toAnswer);
                    });
        }
        return answers;
    }

    private <Q, R> Object answered(byte[] item, Q request, CallResult<R> result, BiFunction<Q, R, Object> toAnswer) {
        return switch (attempt(() -> toAnswer.apply(request, result.orThrow()))) {
            case CallResult.Done<Object>(var answer) -> answer;
            case CallResult.Failed<Object>(var problem) -> new ItemProblem(idOf(item), problem.body());
        };
    }

    private static <T> CallResult<T> attempt(java.util.function.Supplier<T> step) {
        try {
            return new CallResult.Done<>(step.get());
        } catch (Problem problem) {
            return new CallResult.Failed<>(problem);
        }
    }

    /** The id of an item, if it can be read; problems carry it. */
    private String idOf(byte[] item) {
        try {
            var id = json.readTree(item).path("id").asString("");
            return id.length() <= 36 ? id : "";
        } catch (JacksonException unreadable) {
            return "";
        }
    }
}
