package io.reliablemessage.quickstart.launch;

import io.reliablemessage.embedded.EmbeddedPostgres;

/** The embedded one, with its data in the data directory. */
record EmbeddedDatabase(EmbeddedPostgres server) implements Postgres {

    private static final String LEDGER = "reliable_message";

    static EmbeddedDatabase start(DataDirectory data, Terminal terminal) {
        terminal.say("starting PostgreSQL in %s...", data.postgres());
        var server = new EmbeddedDatabase(EmbeddedPostgres.keptIn(data.postgres()));
        terminal.say("PostgreSQL %s is up", server.server().version());
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
    public void close() {
        server.close();
    }
}
