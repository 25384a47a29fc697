package io.reliablemessage.service.platform.web;

import static io.reliablemessage.api.ProblemType.UNSUPPORTED_MEDIA_TYPE;

import io.reliablemessage.api.Headers;
import io.reliablemessage.service.platform.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses bodies declared twice, or as something else than plain UTF-8: they would be read as something else. */
class DeclaredBodies implements HandlerInterceptor {

    private static final String PLAIN = "application/json";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (hasNoBody(request.getMethod())) {
            return true;
        }
        SingleHeader.require(Headers.IDEMPOTENCY_KEY, request);
        SingleHeader.require(HttpHeaders.CONTENT_TYPE, request);
        var type = request.getContentType();
        if (type != null && !type.equals(PLAIN) && !isUtf8(type)) {
            throw new Problem(UNSUPPORTED_MEDIA_TYPE, "Bodies are UTF-8; leave the charset out of Content-Type.");
        }
        var encodings = Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING));
        if (!encodings.stream().allMatch("identity"::equalsIgnoreCase)) {
            throw new Problem(UNSUPPORTED_MEDIA_TYPE, "Bodies are taken uncompressed; leave Content-Encoding out.");
        }
        return true;
    }

    private static boolean hasNoBody(String method) {
        return HttpMethod.GET.matches(method) || HttpMethod.HEAD.matches(method);
    }

    private static boolean isUtf8(String contentType) {
        try {
            var charset = MimeTypeUtils.parseMimeType(contentType).getCharset();
            return charset == null || charset.equals(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException unheardOf) {
            return false;
        }
    }
}
