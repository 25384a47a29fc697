package io.reliablemessage.spring.boot;

import io.reliablemessage.spring.OutboxSchema;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.util.ClassUtils;

/** Creates the tables where the application wants it. */
final class ProducerTables {

    // Boot 4 has it in a module that not every application with a DataSource needs.
    private static final boolean CAN_TELL_EMBEDDED = ClassUtils.isPresent(
            "org.springframework.boot.jdbc.EmbeddedDatabaseConnection", ProducerTables.class.getClassLoader());

    private ProducerTables() {}

    static void initialize(DataSource dataSource, ReliableMessageProperties.Schema schema) {
        var isWanted = switch (schema.initialize()) {
            case ALWAYS -> true;
            case EMBEDDED -> CAN_TELL_EMBEDDED && Embedded.is(dataSource);
            case NEVER -> false;
        };
        if (isWanted) {
            create(dataSource, schema.tablePrefix());
        }
    }

    private static void create(DataSource dataSource, String prefix) {
        try {
            OutboxSchema.createIfMissing(dataSource, prefix);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The tables of Reliable Message could not be created (reliable-message.schema.initialize): "
                            + e.getMessage(),
                    e);
        }
    }

    /** A class of its own, since it cannot be loaded everywhere. */
    private static final class Embedded {

        static boolean is(DataSource dataSource) {
            return EmbeddedDatabaseConnection.isEmbedded(dataSource);
        }
    }
}
