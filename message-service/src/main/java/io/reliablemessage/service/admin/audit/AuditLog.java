package io.reliablemessage.service.admin.audit;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Records operators' actions and refused attempts. */
@Component
public class AuditLog {

    private static final String RECORD = """
            INSERT INTO audit (actor, act, subject, reason) VALUES (:actor, :act, :subject, :reason)
            """;

    private static final String RECORD_MANY = """
            INSERT INTO audit (actor, act, subject, reason, filter, affected)
            VALUES (:actor, :act, :subject, :reason, :filter::jsonb, :affected)
            """;

    private static final String RECORD_REFUSAL = """
            INSERT INTO audit (actor, act, subject, outcome) VALUES (:actor, :act, :subject, :outcome)
            """;

    private final JdbcClient jdbc;

    AuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void record(String what, String subject, OperatorAction action) {
        jdbc.sql(RECORD)
                .param("actor", action.actor())
                .param("act", what)
                .param("subject", subject)
                .param("reason", action.reason())
                .update();
    }

    /** @param filter as JSON: what the action is about, if the subject does not name it */
    public void record(String what, String subject, OperatorAction action, @Nullable String filter, int affected) {
        jdbc.sql(RECORD_MANY)
                .param("actor", action.actor())
                .param("act", what)
                .param("subject", subject)
                .param("reason", action.reason())
                .param("filter", filter)
                .param("affected", affected)
                .update();
    }

    void recordRefusal(String what, String subject, String actor, String outcome) {
        jdbc.sql(RECORD_REFUSAL)
                .param("actor", actor)
                .param("act", what)
                .param("subject", subject)
                .param("outcome", outcome)
                .update();
    }
}
