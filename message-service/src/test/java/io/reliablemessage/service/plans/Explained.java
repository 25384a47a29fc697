package io.reliablemessage.service.plans;

import io.reliablemessage.testing.PostgresServer.Database;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs statements on a connection of its own and keeps the plans they ran with, as PostgreSQL's auto_explain reports
 * them.
 */
public final class Explained extends JdbcTemplate implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final SingleConnectionDataSource connection;
    private final List<Plan> plans = new ArrayList<>();

    /** @param planCacheMode {@code force_generic_plan} or {@code force_custom_plan} */
    public Explained(Database database, String planCacheMode) {
        connection = new SingleConnectionDataSource(database.url(), database.username(), database.password(), true);
        setDataSource(connection);
        for (var setting : List.of(
                "plan_cache_mode = " + planCacheMode,
                "auto_explain.log_min_duration = 0",
                "auto_explain.log_analyze = on",
                "auto_explain.log_timing = off",
                "auto_explain.log_format = json",
                "auto_explain.log_level = notice")) {
            execute("LOAD 'auto_explain'");
            execute("SET " + setting);
        }
    }

    public JdbcClient client() {
        return JdbcClient.create(this);
    }

    /** The plans of the statements, in their order. */
    public List<Plan> plansOf(Runnable statements) {
        plans.clear();
        statements.run();
        return List.copyOf(plans);
    }

    @Override
    protected void handleWarnings(Statement statement) throws SQLException {
        for (var notice = statement.getWarnings(); notice != null; notice = notice.getNextWarning()) {
            var text = String.valueOf(notice.getMessage());
            if (text.contains("plan:")) {
                plans.add(Plan.of(JSON.readTree(text.substring(text.indexOf('{')))));
            }
        }
    }

    @Override
    public void close() {
        connection.destroy();
    }
}
