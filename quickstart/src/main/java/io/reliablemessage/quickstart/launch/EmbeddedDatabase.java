package io.reliablemessage.quickstart.launch;

import io.reliablemessage.embedded.EmbeddedPostgres;
import java.nio.file.Path;

/** The embedded PostgreSQL, with its data in the data directory. */
record EmbeddedDatabase(EmbeddedPostgres server, Path directory) implements Postgres {

    private static final String LEDGER = "reliable_message";

    static EmbeddedDatabase start(DataDirectory data, Terminal terminal) {
        terminal.print("starting PostgreSQL in %s...", data.postgres());
        var server = new EmbeddedDatabase(EmbeddedPostgres.keptIn(data.postgres()), data.postgres());
        terminal.print("PostgreSQL %s is up", server.server().version());
        return server;
    }

    @Override
    public Access ledger() {
        return database(LEDGER);
    }

    @Override
    public Access beside(String name) {
        return database(LEDGER + "_" + name);
    }

    private Access database(String name) {
        server.createDatabase(name);
        return new Access(server.url(name), server.username(), server.password());
    }

    @Override
    public String tablesOfAnotherVersion() {
        return "the tables in %s were made by another version of this program. Delete this directory and what is in it, or choose another with the property quickstart.data (environment variable QUICKSTART_DATA)."
                .formatted(directory);
    }

    @Override
    public void close() {
        server.close();
    }
}
