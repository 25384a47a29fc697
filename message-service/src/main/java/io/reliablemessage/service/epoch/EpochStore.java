package io.reliablemessage.service.epoch;

import io.reliablemessage.api.LedgerView;
import io.reliablemessage.service.model.AdvisoryLock;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.platform.database.ForEffect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores the ledger's epochs, and the beats by which a replica notices that the ledger went back. */
@Component
class EpochStore {

    private static final String LOCK = "SELECT pg_advisory_xact_lock(:lock)";

    private static final String NEWEST = """
            SELECT epoch, restored_to, cause FROM ledger_epoch ORDER BY epoch DESC LIMIT 1
            """;

    // Who knows an earlier epoch than the first one here knows a ledger of which nothing is left.
    private static final String VIEW = """
            SELECT max(epoch) AS epoch,
                   min(COALESCE(restored_to, to_timestamp(0))) FILTER (WHERE epoch > :since) AS restored_to
              FROM ledger_epoch
            """;

    private static final String OBSERVE = """
            SELECT e.epoch, e.restored_to, e.cause, e.server AS epoch_server, ledger_server() AS server,
                   COALESCE((SELECT number FROM ledger_beat WHERE replica = :replica), 0) AS beat,
                   (SELECT COALESCE(max(at) FILTER (WHERE at <= COALESCE(:beatAt::timestamptz, 'infinity')), min(at))
                      FROM ledger_beat) AS last_beat
              FROM ledger_epoch e
             ORDER BY e.epoch DESC
             LIMIT 1
            """;

    // Epochs later than the restored point are lost, and the clock may have been set back: a replica may still know the
    // last one.
    private static final String BEGIN = """
            INSERT INTO ledger_epoch (epoch, restored_to, cause, server)
            SELECT GREATEST(floor(extract(EPOCH FROM clock_timestamp()) * 1000)::bigint, max(epoch) + 1, :known + 1),
                   :restoredTo, :cause, ledger_server()
              FROM ledger_epoch
            RETURNING epoch, restored_to, cause
            """;

    private static final String SEE_SERVER = """
            UPDATE ledger_epoch SET server = ledger_server() WHERE epoch = :epoch AND server IS NULL
            """;

    // now(), when the transaction began: whatever was committed before that is before this row in the WAL.
    private static final String BEAT = """
            INSERT INTO ledger_beat AS b (replica, number) VALUES (:replica, :atLeast + 1)
                ON CONFLICT (replica) DO UPDATE
               SET number = GREATEST(b.number, :atLeast) + 1, at = GREATEST(b.at, now())
            RETURNING number, at
            """;

    private static final String FORGET = """
            DELETE FROM ledger_beat WHERE at < now() - interval '7 d' AND at < (SELECT max(at) FROM ledger_beat)
            """;

    private static final String IS_PAST = "SELECT :time <= clock_timestamp()";

    private static final String FIND = """
            SELECT epoch, restored_to, cause FROM ledger_epoch WHERE restored_to = :restoredTo ORDER BY epoch LIMIT 1
            """;

    private final JdbcClient jdbc;

    EpochStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Others wait until the end of the transaction before they observe, begin an epoch or write a beat. */
    void lock() {
        ForEffect.run(jdbc.sql(LOCK).param("lock", AdvisoryLock.EPOCHS.number()));
    }

    Epoch newest() {
        return jdbc.sql(NEWEST).query((row, number) -> epoch(row)).single();
    }

    LedgerView view(@Nullable Long since) {
        return jdbc.sql(VIEW)
                .param("since", since, Types.BIGINT)
                .query((row, number) ->
                        new LedgerView(Long.toString(row.getLong("epoch")), Columns.instant(row, "restored_to")))
                .single();
    }

    LedgerObservation observe(UUID replica, ReplicaMemory memory) {
        var beatAt = memory.beatAt();
        return jdbc.sql(OBSERVE)
                .param("replica", replica)
                .param("beatAt", beatAt == null ? null : at(beatAt), Types.TIMESTAMP_WITH_TIMEZONE)
                .query((row, number) -> new LedgerObservation(
                        epoch(row),
                        row.getString("epoch_server"),
                        row.getString("server"),
                        row.getLong("beat"),
                        Columns.requiredInstant(row, "last_beat")))
                .single();
    }

    /** @param known the highest epoch that the caller has seen: the new one is higher */
    Epoch begin(Instant restoredTo, EpochCause cause, long known) {
        return jdbc.sql(BEGIN)
                .param("known", known)
                .param("restoredTo", at(restoredTo))
                .param("cause", cause.name())
                .query((row, number) -> epoch(row))
                .single();
    }

    void seeServer(Epoch epoch) {
        jdbc.sql(SEE_SERVER).param("epoch", epoch.number()).update();
    }

    /** Counts up a replica's beat, from the one that it remembers if the ledger holds less. */
    ReplicaMemory beat(UUID replica, long atLeast, Epoch epoch) {
        return jdbc.sql(BEAT)
                .param("replica", replica)
                .param("atLeast", atLeast)
                .query((row, number) ->
                        new ReplicaMemory(epoch.number(), row.getLong("number"), Columns.requiredInstant(row, "at")))
                .single();
    }

    /** Forgets beats of long ago, but never the latest. */
    void forget() {
        jdbc.sql(FORGET).update();
    }

    boolean isPast(Instant time) {
        return jdbc.sql(IS_PAST).param("time", at(time)).query(Boolean.class).single();
    }

    /** The epoch that a restore to this point began. */
    Optional<Epoch> find(Instant restoredTo) {
        return jdbc.sql(FIND)
                .param("restoredTo", at(restoredTo))
                .query((row, number) -> epoch(row))
                .optional();
    }

    private static Epoch epoch(ResultSet row) throws SQLException {
        return new Epoch(row.getLong("epoch"), Columns.instant(row, "restored_to"), row.getString("cause"));
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
