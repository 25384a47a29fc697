package io.reliablemessage.service.epoch;

import io.reliablemessage.service.Service;
import io.reliablemessage.service.model.AdvisoryLock;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;

/** A copy of the tables by which restores are noticed, which is put back as a restored backup would. */
final class LedgerCopy {

    private final Service service;
    private final Instant lastBeat;

    private LedgerCopy(Service service, Instant lastBeat) {
        this.service = service;
        this.lastBeat = lastBeat;
    }

    static LedgerCopy of(Service service) {
        run(service, """
                DROP TABLE IF EXISTS saved_epoch, saved_beat;
                CREATE TABLE saved_epoch AS TABLE ledger_epoch;
                CREATE TABLE saved_beat AS TABLE ledger_beat;
                """);
        return new LedgerCopy(
                service,
                service.jdbc()
                        .sql("SELECT max(at) FROM saved_beat")
                        .query(java.time.OffsetDateTime.class)
                        .single()
                        .toInstant());
    }

    Instant lastBeat() {
        return lastBeat;
    }

    void putBack() {
        run(service, """
                DELETE FROM ledger_epoch;
                DELETE FROM ledger_beat;
                INSERT INTO ledger_epoch TABLE saved_epoch;
                INSERT INTO ledger_beat TABLE saved_beat;
                """);
    }

    static void run(Service service, String statements) {
        var database = service.database();
        try (var connection = DriverManager.getConnection(database.url(), database.username(), database.password());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(%d)".formatted(AdvisoryLock.EPOCHS.number()));
            statement.execute(statements);
            connection.commit();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
