package io.reliablemessage.quickstart.launch;

/** The PostgreSQL server of all databases. */
sealed interface Postgres extends AutoCloseable permits EmbeddedDatabase, ExternalPostgres {

    /** How an application connects to its database. */
    record Access(String url, String username, String password) {}

    /** The message service's database. */
    Access ledger();

    /** A database beside it, created unless it is there. */
    Access beside(String name);

    /** Where tables of another version of this program are in the way, and how to begin with new ones. */
    String tablesOfAnotherVersion();

    @Override
    void close();

    static Postgres of(Settings settings, DataDirectory data, Terminal terminal) {
        return settings.isAnySet(ExternalPostgres.PREFIX)
                ? ExternalPostgres.of(settings, terminal)
                : EmbeddedDatabase.start(data, terminal);
    }
}
