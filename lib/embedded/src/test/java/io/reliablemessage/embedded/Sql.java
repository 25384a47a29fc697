package io.reliablemessage.embedded;

import java.sql.DriverManager;
import java.sql.SQLException;

/** Statements against one database, each on a connection of its own. */
record Sql(EmbeddedPostgres postgres, String database) {

    void run(String statement) {
        try (var connection =
                        DriverManager.getConnection(postgres.url(database), postgres.username(), postgres.password());
                var prepared = connection.createStatement()) {
            prepared.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    String value(String query) {
        try (var connection =
                        DriverManager.getConnection(postgres.url(database), postgres.username(), postgres.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }
}
