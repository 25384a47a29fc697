package io.reliablemessage.testing;

/** A running PostgreSQL on which databases may be created. */
public interface PostgresServer {

    /** A new, empty database that no other test sees. */
    Database newDatabase();

    /** Such as {@code PostgreSQL 18.6 (embedded)}. */
    String description();

    /** How a test connects to its database, as owner and superuser. */
    record Database(String name, String url, String username, String password) {}
}
