package io.reliablemessage.benchmarks.console;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the ledger, past the service. */
@FunctionalInterface
public interface Connections {

    Connection open() throws SQLException;
}
