package io.reliablemessage.service.platform.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Answers requests that Tomcat refuses before our code runs, such as a malformed request line. */
public class ProblemReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var type = ProblemAdvice.typeOf(response.getStatus());
        var body = """
                {"type":"%s","title":"%s","status":%d,"detail":"%s"}""".formatted(
                type.uri(), type.title(), response.getStatus(), type.meaning().replace("\"", "'"));
        try {
            response.resetBuffer(true);
            response.setContentType("application/problem+json");
            response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8)); // a writer would add a charset
            response.finishResponse();
        } catch (IOException gone) {
            getContainer().getLogger().debug("the caller left before it was answered", gone);
        }
    }
}
