-- The ledger's epochs. A new one begins when the database was restored to an earlier point, so that producers send again what they
-- had stored since. Its number is the time at which it began: no counter, which a restore would set back, so that it came twice.

CREATE TABLE ledger_epoch (
    epoch       bigint PRIMARY KEY,                                        -- milliseconds since 1970, at least the last one + 1
    restored_to timestamptz,                                               -- null: the first, which no restore began
    at          timestamptz NOT NULL DEFAULT now(),
    cause       text NOT NULL,
    server      text,                                                      -- ledger_server() in this epoch; null: not seen yet
    CONSTRAINT ledger_epoch_cause_known CHECK (cause IN ('INSTALLED', 'OPERATOR', 'SERVER_CHANGED', 'WENT_BACK')),
    CONSTRAINT ledger_epoch_first_restored_nothing CHECK ((restored_to IS NULL) = (cause = 'INSTALLED'))
);
INSERT INTO ledger_epoch (epoch, cause) VALUES (floor(extract(EPOCH FROM clock_timestamp()) * 1000)::bigint, 'INSTALLED');

-- Each replica counts up its own row. One that finds less than it has written knows that the database was put back beneath it;
-- in one row for all, another replica could have counted on meanwhile. The newest time is what a restored ledger holds for certain.
CREATE TABLE ledger_beat (
    replica uuid PRIMARY KEY,
    number  bigint NOT NULL,
    at      timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
INSERT INTO ledger_beat (replica, number) VALUES ('00000000-0000-0000-0000-000000000000', 0);

-- The cluster and its timeline; null where the role may not see them. A fast promotion writes its checkpoint, and with it the
-- timeline, up to checkpoint_timeout later. Until then the timeline is that of the end of recovery, which is 0 otherwise.
CREATE FUNCTION ledger_server() RETURNS text
    LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT system_identifier || '/' || greatest(timeline_id, min_recovery_end_timeline)
              FROM pg_control_system(), pg_control_checkpoint(), pg_control_recovery());
EXCEPTION
    WHEN insufficient_privilege OR undefined_function OR feature_not_supported THEN
        RETURN NULL;
END $$;
