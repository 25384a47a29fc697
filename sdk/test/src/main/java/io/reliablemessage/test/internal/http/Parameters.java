package io.reliablemessage.test.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a query, read strictly: unknown, repeated and blank ones are refused. */
public final class Parameters {

    private final Map<String, String> values = new HashMap<>();

    private Parameters() {}

    /** @param query as it was sent */
    public static Parameters of(@Nullable String query, Set<String> known) {
        var parameters = new Parameters();
        if (query != null && !query.isEmpty()) {
            for (var pair : query.split("&")) {
                parameters.add(pair.split("=", 2), known);
            }
        }
        return parameters;
    }

    public @Nullable String text(String name) {
        return values.get(name);
    }

    private void add(String[] pair, Set<String> known) {
        var name = decoded(pair[0]);
        var value = pair.length == 1 ? "" : decoded(pair[1]);
        if (!known.contains(name)) {
            throw Problem.malformed("Unknown parameter '%s'.".formatted(Texts.oneLine(name)));
        }
        if (values.put(name, value) != null) {
            throw Problem.malformed("Parameter '%s' is there twice.".formatted(name));
        }
        if (!value.isEmpty() && value.isBlank()) {
            throw Problem.malformed("Parameter '%s' is blank; leave it out.".formatted(name));
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException undecodable) {
            throw Problem.malformed("The query cannot be decoded.");
        }
    }
}
