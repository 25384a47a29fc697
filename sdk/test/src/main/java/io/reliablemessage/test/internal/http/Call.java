package io.reliablemessage.test.internal.http;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of the API whose body has been read.
 *
 * @param variables of the path
 * @param query as it was sent; null: there is none
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one call
public record Call(
        String application,
        List<String> variables,
        @Nullable String query,
        Headers headers,
        byte[] body) {

    public String name() {
        return variables.get(0);
    }

    public MessageId id() {
        return MessageId.parsed("id", name());
    }

    public @Nullable String header(String name) {
        return headers.getFirst(name);
    }

    /** The path's, unless the body names another one. */
    public MessageId id(@Nullable String inBody) {
        var inPath = variables.isEmpty() ? Optional.<MessageId>empty() : Optional.of(id());
        if (inBody == null) {
            return inPath.orElseThrow(() -> Problem.invalid("id is missing."));
        }
        var named = MessageId.parsed("id", inBody);
        Problem.require(inPath.map(named::equals).orElse(true), "The path and the body name different messages.");
        return named;
    }
}
