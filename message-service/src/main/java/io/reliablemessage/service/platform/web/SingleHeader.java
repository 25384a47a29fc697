package io.reliablemessage.service.platform.web;

import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;

import io.reliablemessage.service.platform.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Reads headers of which there is one. With two, an intermediary may have used the other. */
public final class SingleHeader {

    private SingleHeader() {}

    public static @Nullable String of(String name, HttpServletRequest request) {
        require(name, request);
        return request.getHeader(name);
    }

    static void require(String name, HttpServletRequest request) {
        if (Collections.list(request.getHeaders(name)).size() > 1) {
            throw new Problem(MALFORMED_REQUEST, "The header %s is given more than once.".formatted(name));
        }
    }
}
