package io.reliablemessage.service.platform.database;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs a SELECT for what it does, such as taking a lock or changing a setting of the transaction. */
public final class ForEffect {

    private ForEffect() {}

    public static void run(JdbcClient.StatementSpec statement) {
        statement.query(row -> {});
    }
}
