package io.reliablemessage.spring.boot;

import io.reliablemessage.spring.CheckEndpoint;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.springframework.http.HttpMethod;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.HttpRequestMethodNotSupportedException;

/** Passes a check-back on as it was received; no message converter may see it, since its bytes are signed. */
final class CheckHandler implements HttpRequestHandler {

    private static final int MAX_BODY = 1024 * 1024;

    private final CheckEndpoint endpoint;

    CheckHandler(CheckEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (!HttpMethod.POST.matches(request.getMethod())) {
            throw new HttpRequestMethodNotSupportedException(request.getMethod(), List.of("POST"));
        }
        // One byte more than is allowed, so that the endpoint refuses it.
        var body = request.getInputStream().readNBytes(MAX_BODY + 1);
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var name : Collections.list(request.getHeaderNames())) {
            // A signature that is there twice is none.
            headers.put(name, String.join(",", Collections.list(request.getHeaders(name))));
        }
        var reply = endpoint.answer(headers, body);
        response.setStatus(reply.status());
        reply.headers().forEach(response::setHeader);
        response.setContentLength(reply.body().length);
        response.getOutputStream().write(reply.body());
    }
}
