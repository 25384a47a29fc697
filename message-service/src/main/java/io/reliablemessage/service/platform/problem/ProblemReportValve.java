package io.reliablemessage.service.platform.problem;

import io.reliablemessage.api.ProblemType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Answers requests that Tomcat refuses before our code runs, such as a malformed request line. */
public class ProblemReportValve extends ErrorReportValve {

    private static final String UNREADABLE =
            "The request cannot be read as HTTP/1.1: look at its request line and its headers, which take 32 KB together.";

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var type = ProblemAdvice.typeOf(response.getStatus());
        var detail = detail(type, request).replace("\\", "\\\\").replace("\"", "'");
        var body = """
                {"type":"%s","title":"%s","status":%d,"detail":"%s"}""".formatted(type.uri(), type.title(), response.getStatus(), detail);
        try {
            response.resetBuffer(true);
            response.setContentType("application/problem+json");
            response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8)); // a writer would add a charset
            response.finishResponse();
        } catch (IOException gone) {
            getContainer().getLogger().debug("the caller left before it was answered", gone);
        }
    }

    private static String detail(ProblemType type, Request request) {
        if (type != ProblemType.MALFORMED_REQUEST) {
            return type.meaning();
        }
        return UnreadablePath.isRefused(request.getRequestURI()) ? UnreadablePath.DETAIL : UNREADABLE;
    }
}
