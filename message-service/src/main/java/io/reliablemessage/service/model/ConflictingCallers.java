package io.reliablemessage.service.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Separates requests of different callers for one subject. A statement takes one request per subject, the first; of two
 * callers that name the same subject, only one can be its owner, and it is not known yet which. So the second caller's
 * are written after.
 *
 * @param subject the subject of a request; null: one that no other request can have
 * @param caller the caller of a request
 */
public record ConflictingCallers<Q>(Function<Q, @Nullable Object> subject, Function<Q, String> caller) {

    /** Writes requests, in one part as long as no subject is named by two. */
    public <R> List<R> apart(List<Q> requests, Function<List<Q>, List<R>> write) {
        var seconds = secondCallers(requests);
        if (seconds.isEmpty()) {
            return write.apply(requests);
        }
        var results = write.apply(IntStream.range(0, requests.size())
                        .filter(i -> !seconds.contains(i))
                        .mapToObj(requests::get)
                        .toList())
                .iterator();
        var later = apart(seconds.stream().sorted().map(requests::get).toList(), write)
                .iterator();
        var all = new ArrayList<R>();
        for (var i = 0; i < requests.size(); i++) {
            all.add(seconds.contains(i) ? later.next() : results.next());
        }
        return all;
    }

    private Set<Integer> secondCallers(List<Q> requests) {
        var first = new HashMap<Object, String>();
        var seconds = new HashSet<Integer>();
        for (var i = 0; i < requests.size(); i++) {
            var about = subject.apply(requests.get(i));
            var by = caller.apply(requests.get(i));
            if (about != null && !by.equals(Objects.requireNonNullElse(first.putIfAbsent(about, by), by))) {
                seconds.add(i);
            }
        }
        return seconds;
    }
}
