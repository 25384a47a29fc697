package io.reliablemessage.service.checkback;

import static io.reliablemessage.adminapi.jobs.CheckbackReport.MAX_BODY_BYTES;

import io.reliablemessage.adminapi.jobs.CheckbackReport;
import io.reliablemessage.service.checkback.CheckbackAnswerStore.Lease;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads a producer's answer: status 200, its signature, and a body with decisions and nothing else. */
@Component
class AnswerReader {

    private static final int OK = 200;

    private final AnswerSignatures signatures;
    private final JsonMapper json;

    /**
     * @param json the service's own, which refuses members that are unknown or twice there, and
     *     what follows the end
     */
    AnswerReader(AnswerSignatures signatures, JsonMapper json) {
        this.signatures = signatures;
        this.json = json;
    }

    Answers read(Lease lease, CheckbackReport report) {
        var asked = lease.messages();
        if (report.failure() != null) {
            return Answers.none(asked, report.failure().name());
        }
        var status = Objects.requireNonNullElse(report.status(), 0);
        var body = report.body();
        if (status != OK || body == null) {
            return Answers.none(asked, "status %d".formatted(status));
        }
        if (body.length > MAX_BODY_BYTES) {
            return Answers.none(asked, "TOO_LARGE");
        }
        var doubt = signatures.doubt(lease, Objects.requireNonNullElse(report.signature(), Map.of()), body);
        return doubt.map(reason -> Answers.none(asked, reason)).orElseGet(() -> decisions(asked, body));
    }

    private Answers decisions(Collection<AskedMessage> asked, byte[] body) {
        try {
            var answer = json.readValue(body, Answers.Body.class);
            return answer == null || answer.decisions() == null
                    ? Answers.none(asked, "no decisions")
                    : Answers.of(asked, answer.decisions());
        } catch (JacksonException garbage) {
            return Answers.none(asked, "not understood");
        }
    }
}
