package io.reliablemessage.service.admin.audit;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes down what operators did, and what they were refused. */
@Component
public class AuditLog {

    private static final String TELL = """
            INSERT INTO audit (actor, act, subject, reason) VALUES (:actor, :act, :subject, :reason)
            """;

    private static final String TELL_OF_MANY = """
            INSERT INTO audit (actor, act, subject, reason, filter, affected)
            VALUES (:actor, :act, :subject, :reason, :filter::jsonb, :affected)
            """;

    private static final String TELL_REFUSAL = """
            INSERT INTO audit (actor, act, subject, outcome) VALUES (:actor, :act, :subject, :outcome)
            """;

    private final JdbcClient jdbc;

    AuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void tell(String what, String subject, OperatorAction act) {
        jdbc.sql(TELL)
                .param("actor", act.actor())
                .param("act", what)
                .param("subject", subject)
                .param("reason", act.reason())
                .update();
    }

    /** @param filter as JSON: what the act is about, if the subject does not say it */
    public void tell(String what, String subject, OperatorAction act, @Nullable String filter, int affected) {
        jdbc.sql(TELL_OF_MANY)
                .param("actor", act.actor())
                .param("act", what)
                .param("subject", subject)
                .param("reason", act.reason())
                .param("filter", filter)
                .param("affected", affected)
                .update();
    }

    void tellRefusal(String what, String subject, String actor, String outcome) {
        jdbc.sql(TELL_REFUSAL)
                .param("actor", actor)
                .param("act", what)
                .param("subject", subject)
                .param("outcome", outcome)
                .update();
    }
}
