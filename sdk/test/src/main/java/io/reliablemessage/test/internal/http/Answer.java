package io.reliablemessage.test.internal.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The response to a call.
 *
 * @param body null: there is none
 */
public record Answer(int status, @Nullable Object body) {

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int MAX_ITEMS = 500;
    private static final int MAX_ID = 36;

    public static final Answer NOTHING = new Answer(NO_CONTENT, null);

    public static Answer ok(Object body) {
        return new Answer(OK, body);
    }

    /** The items of an array; empty: the body is none. */
    public static Optional<List<Json.Value>> items(byte[] body) {
        Texts.requireUtf8(body);
        var items = Json.items(body);
        items.map(List::size)
                .ifPresent(size -> Problem.require(
                        size <= MAX_ITEMS,
                        "The array has %d items, at most %d are accepted.".formatted(size, MAX_ITEMS)));
        return items;
    }

    /** In order, what each item alone would be answered, or its problem. */
    public static Answer ofEach(List<Json.Value> items, Function<byte[], Object> one) {
        return ok(items.stream().map(item -> answered(item.bytes(), one)).toList());
    }

    /** The answer to an object, or to an array of them. */
    public static Answer ofOneOrEach(byte[] body, Function<byte[], Object> one) {
        return items(body).map(items -> ofEach(items, one)).orElseGet(() -> ok(one.apply(body)));
    }

    private static Object answered(byte[] item, Function<byte[], Object> one) {
        try {
            return one.apply(item);
        } catch (Problem problem) {
            var answer = new LinkedHashMap<String, Object>();
            var id = idOf(item);
            if (!id.isEmpty() && id.length() <= MAX_ID) {
                answer.put("id", id);
            }
            answer.put("problem", problem.body());
            return answer;
        }
    }

    private static String idOf(byte[] item) {
        try {
            var id = Json.members(item).get("id");
            return id == null || id.kind() != Json.Kind.TEXT ? "" : id.text();
        } catch (Problem unreadable) {
            return "";
        }
    }

    static Answer of(Problem problem, String path) {
        Map<String, Object> body = problem.body();
        body.put("instance", path);
        return new Answer(problem.type().status(), body);
    }
}
