package io.reliablemessage.spring.internal.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.client.MessageIds;
import io.reliablemessage.spring.TestDatabase;
import io.reliablemessage.spring.internal.store.Dialect;
import io.reliablemessage.spring.internal.store.TableNames;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

class InboxCleanerTest {

    private static final Duration WINDOW = Duration.ofDays(30);

    @ParameterizedTest
    @EnumSource
    void deletesWhatIsOlderThanTheWindowAndNothingElse(TestDatabase kind) throws Exception {
        try (var database = kind.newDatabase()) {
            for (var i = 0; i < 501; i++) {
                receive(database, WINDOW.plusMinutes(1));
            }
            receive(database, WINDOW.minusMinutes(1));
            receive(database, Duration.ZERO);
            var cleaner = new InboxCleaner(database, TableNames.DEFAULT, WINDOW);

            assertThat(cleaner.run(1)).as("one batch").isEqualTo(500);
            assertThat(cleaner.run(10)).isEqualTo(1);

            assertThat(new JdbcTemplate(database).queryForObject("SELECT COUNT(*) FROM rm_inbox", Integer.class))
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTimeOfARowIsTheDatabasesInUtc(TestDatabase kind) throws Exception {
        try (var database = kind.newDatabase();
                var connection = database.getConnection()) {
            var dialect = Dialect.of(connection);
            new InboxStore(dialect, TableNames.DEFAULT)
                    .insert(connection, UUID.fromString(MessageIds.next()), "points");

            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT received_at FROM rm_inbox")) {
                row.next();
                assertThat(dialect.readTime(row, "received_at"))
                        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
            }
        }
    }

    private static void receive(DataSource database, Duration age) throws Exception {
        try (var connection = database.getConnection()) {
            var dialect = Dialect.of(connection);
            try (var statement = connection.prepareStatement(
                    "INSERT INTO rm_inbox (message_id, subscription, received_at) VALUES (?, 'points', "
                            + dialect.fromNow("?") + ")")) {
                statement.setObject(1, dialect.id(UUID.fromString(MessageIds.next())));
                statement.setLong(2, -age.toMillis());
                statement.executeUpdate();
            }
        }
    }
}
