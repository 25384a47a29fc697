package io.reliablemessage.spring.internal.store;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What differs between databases: ids, times, and the clock, which is always the database's. */
public enum Dialect {
    POSTGRESQL("postgresql.sql", "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP + %s * INTERVAL '1 millisecond'"),
    MARIADB("mysql.sql", "UTC_TIMESTAMP(6)", "TIMESTAMPADD(MICROSECOND, %s * 1000, UTC_TIMESTAMP(6))"),
    MYSQL("mysql.sql", "UTC_TIMESTAMP(6)", "TIMESTAMPADD(MICROSECOND, %s * 1000, UTC_TIMESTAMP(6))"),
    H2("h2.sql", "CURRENT_TIMESTAMP", "TIMESTAMPADD(MILLISECOND, %s, CURRENT_TIMESTAMP)");

    private final String schema;
    private final String now;
    private final String fromNow;

    Dialect(String schema, String now, String fromNow) {
        this.schema = schema;
        this.now = now;
        this.fromNow = fromNow;
    }

    /**
     * The dialect of the database behind a connection.
     *
     * @throws IllegalStateException names a database that is not supported
     */
    public static Dialect of(Connection connection) throws SQLException {
        var product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "PostgreSQL" -> POSTGRESQL;
            case "MariaDB" -> MARIADB;
            // MySQL's driver says MySQL of a MariaDB, too.
            case "MySQL" -> connection.getMetaData().getDatabaseProductVersion().contains("MariaDB") ? MARIADB : MYSQL;
            case "H2" -> H2;
            default ->
                throw new IllegalStateException(
                        "Reliable Message keeps its tables in PostgreSQL, MariaDB, MySQL or H2, " + "but this is "
                                + product);
        };
    }

    /** The name of the file with the tables, beside the public types. */
    public String schema() {
        return schema;
    }

    /** The current time, in SQL. */
    public String now() {
        return now;
    }

    /** The time after this number of milliseconds, an expression or a parameter, in SQL. */
    public String fromNow(String millis) {
        return fromNow.formatted(millis);
    }

    private boolean hasUuid() {
        return this == POSTGRESQL || this == H2;
    }

    /** A message id as the drivers take it. */
    public Object id(UUID id) {
        return hasUuid()
                ? id
                : ByteBuffer.allocate(Long.BYTES * 2)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array();
    }

    public @Nullable UUID readId(ResultSet row, String column) throws SQLException {
        if (hasUuid()) {
            return row.getObject(column, UUID.class);
        }
        var bytes = row.getBytes(column);
        if (bytes == null) {
            return null;
        }
        var buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /** Binds a time; in a zone of its own, since a driver's and a session's may differ. */
    public void bindTime(PreparedStatement statement, int index, @Nullable Instant time) throws SQLException {
        if (hasUuid()) {
            statement.setObject(index, time == null ? null : time.atOffset(ZoneOffset.UTC));
        } else {
            statement.setObject(index, time == null ? null : LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        }
    }

    public @Nullable Instant readTime(ResultSet row, String column) throws SQLException {
        if (hasUuid()) {
            var time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
        var time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }
}
