package io.reliablemessage.service.platform.database;

import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Limits each statement to what earlier ones have left of the thread's {@link CallTimeout}. */
class CallTimeoutJdbcTemplate extends JdbcTemplate {

    CallTimeoutJdbcTemplate(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    protected void applyStatementSettings(Statement statement) throws SQLException {
        super.applyStatementSettings(statement);
        CallTimeout.limit(statement.getConnection());
    }
}
