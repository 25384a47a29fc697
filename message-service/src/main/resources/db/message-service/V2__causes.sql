-- Why deliveries die or are rejected, counted as it happens; what happened per minute; what operators were refused.

-- What errors have in common: no quoted text, nothing with a digit in it (numbers, times, addresses, most ids), no line breaks.
CREATE FUNCTION fingerprint(error text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN left(btrim(
        regexp_replace(                                                    -- 3. what was an address or a time is one mark
        regexp_replace(                                                    -- 2. what has a digit
        regexp_replace(                                                    -- 1. quotes, but not the apostrophes of "isn't"
        regexp_replace(left(error, 1000), '[[:cntrl:][:space:]]+', ' ', 'g'),
            '"[^"]*"|`[^`]*`|“[^”]*”|(?<![[:alnum:]])''[^'']*''(?![[:alnum:]])', '…', 'g'),
            '[[:alnum:]_-]*[0-9][[:alnum:]_-]*', '#', 'g'),
            '#([.:,/@+ -]*#)+', '#', 'g')), 200);

-- The same in every replica and for ever, so that whoever meets a cause first need not tell the others.
CREATE FUNCTION cause_id(subscription text, kind text, fingerprint text) RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN encode(substring(sha256(convert_to(concat_ws(E'\n', subscription, kind, fingerprint), 'UTF8')) FOR 16), 'hex')::uuid;

CREATE TABLE cause (
    id           uuid PRIMARY KEY,                                         -- cause_id() of the next three
    subscription text NOT NULL,
    kind         text NOT NULL,
    fingerprint  text NOT NULL,                                            -- empty: of all that came when there were too many
    topic        text NOT NULL,
    sample       text NOT NULL,                                            -- the latest error, as it was
    first_at     timestamptz NOT NULL,
    last_at      timestamptz NOT NULL,
    standing     integer NOT NULL,                                         -- dead or rejected of it now: all its days together
    again        integer NOT NULL,                                         -- of these, after an operator had them sent again
    note         text,
    note_actor   text,
    note_at      timestamptz,
    CONSTRAINT cause_kind_known CHECK (kind IN ('NO_ACK', 'CLOSED_CHANNEL', 'REJECTED')),
    CONSTRAINT cause_note_signed CHECK ((note IS NULL) = (note_actor IS NULL) AND (note IS NULL) = (note_at IS NULL)),
    CONSTRAINT cause_note_short CHECK (octet_length(note) BETWEEN 1 AND 500)
) WITH (fillfactor = 50);
-- these serve CauseStore's lists, and the first also the cap of causes per subscription
CREATE INDEX cause_subscription ON cause (subscription);
CREATE INDEX cause_topic ON cause (topic);
CREATE INDEX cause_last ON cause (last_at, id);
CREATE INDEX cause_standing ON cause (last_at, id) WHERE standing > 0;

-- By the day of the messages, so that a day's are gone when it is dropped.
CREATE TABLE cause_day (
    cause_id    uuid NOT NULL,
    message_day date NOT NULL,
    standing    integer NOT NULL,
    again       integer NOT NULL,
    PRIMARY KEY (cause_id, message_day)
) WITH (fillfactor = 50);

-- What died and was rejected when, in two resolutions; what was sent again since is counted here, too.
CREATE TABLE cause_trend (
    cause_id uuid NOT NULL,
    minutes  integer NOT NULL,
    at       timestamptz NOT NULL,
    died     integer NOT NULL,
    PRIMARY KEY (cause_id, minutes, at),
    CONSTRAINT cause_trend_minutes_known CHECK (minutes IN (5, 60))
) WITH (fillfactor = 50);

-- What the counts have still to learn. Written in the transaction of the step itself, and only ever added to, so nobody waits for
-- anybody; CauseStore.FOLD takes it over into the tables above.
CREATE TABLE cause_change (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cause_id     uuid NOT NULL,
    message_day  date NOT NULL,
    at           timestamptz NOT NULL DEFAULT now(),
    standing     integer NOT NULL,                                         -- 1: one more; -1: one less
    again        integer NOT NULL,
    subscription text,                                                     -- from here on of what died only
    kind         text,
    fingerprint  text,
    sample       text,
    CONSTRAINT cause_change_told_iff_died CHECK (
        (standing = 1) = (fingerprint IS NOT NULL) AND num_nulls(subscription, kind, fingerprint, sample) IN (0, 4))
);

ALTER TABLE delivery
    ADD COLUMN cause_id   uuid,                                            -- what it died or was rejected of, the last time
    ADD COLUMN died_again boolean;                                         -- and whether it had been sent again before
-- serves SearchStore by cause. What is healthy is not in it; what does not speak of cause_id is never tempted by it
CREATE INDEX delivery_cause ON delivery (cause_id, message_id) INCLUDE (subscription, state)
    WHERE cause_id IS NOT NULL AND state IN ('DEAD', 'REJECTED');

-- When an id says that it was made, and on which of the ledger's days.
CREATE FUNCTION uuid_time(id uuid) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0);
CREATE FUNCTION uuid_day(id uuid) RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (uuid_time(id) AT TIME ZONE 'UTC')::date;

-- Finds out what a delivery ended of, and has it counted.
CREATE FUNCTION count_end(ended delivery, is_again boolean, ended_at timestamptz) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    ended_of text := CASE WHEN ended.state = 'REJECTED' THEN 'REJECTED'
                          WHEN ended.cause = 'CLOSED_CHANNEL' THEN ended.cause ELSE 'NO_ACK' END;
    -- a rejection's code is a word of its consumer's, whatever digits it has
    code     text := COALESCE(CASE ended_of WHEN 'REJECTED' THEN substring(ended.last_error FROM '^[^ :]+(?:$|: )') END, '');
    print    text := code || fingerprint(substr(ended.last_error, length(code) + 1));
    died_of  uuid := cause_id(ended.subscription, ended_of, print);
BEGIN
    -- errors that are all different would make a list that nobody can read, and that never ends
    IF NOT EXISTS (SELECT FROM cause c WHERE c.id = died_of)
       AND 200 <= (SELECT count(*) FROM (SELECT FROM cause c WHERE c.subscription = ended.subscription LIMIT 200) many) THEN
        print := '';
        died_of := cause_id(ended.subscription, ended_of, print);
    END IF;
    UPDATE delivery d SET cause_id = died_of, died_again = is_again
     WHERE d.message_id = ended.message_id AND d.subscription = ended.subscription;
    INSERT INTO cause_change (cause_id, message_day, at, standing, again, subscription, kind, fingerprint, sample)
    VALUES (died_of, uuid_day(ended.message_id), ended_at, 1, is_again::integer, ended.subscription, ended_of, print,
            left(ended.last_error, 1000));
END $$;

-- Whichever statement of whichever version took the step. Of steps that begin and end elsewhere it sees nothing: the trigger's
-- condition is all that they pay.
CREATE FUNCTION count_cause() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('DEAD', 'REJECTED') AND OLD.cause_id IS NOT NULL THEN
        INSERT INTO cause_change (cause_id, message_day, standing, again)
        VALUES (OLD.cause_id, uuid_day(OLD.message_id), -1, -COALESCE(OLD.died_again, false)::integer);
    END IF;
    IF NEW.state IN ('DEAD', 'REJECTED') THEN
        -- a delivery on its way that has a cause was sent again
        PERFORM count_end(NEW, CASE OLD.state WHEN 'SENDING' THEN OLD.cause_id IS NOT NULL
                                              ELSE COALESCE(OLD.died_again, false) END, now());
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER delivery_cause AFTER UPDATE OF state ON delivery
    FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state
          AND (OLD.state IN ('DEAD', 'REJECTED') OR NEW.state IN ('DEAD', 'REJECTED')))
    EXECUTE FUNCTION count_cause();

-- What ended badly before there were causes.
SELECT count(count_end(d, false, d.finished_at)) FROM delivery d WHERE d.state IN ('DEAD', 'REJECTED');

-- What is dropped does not stand any more. The lock is the one of CauseStore, had before anybody else has to wait for this.
CREATE OR REPLACE FUNCTION drop_day(day date) RETURNS boolean
    LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    suffix text := to_char(day, '_YYYYMMDD');
BEGIN
    PERFORM pg_advisory_xact_lock(7245019630143);
    EXECUTE format('LOCK TABLE ONLY message, ONLY delivery, ONLY event, %I, %I, %I IN ACCESS EXCLUSIVE MODE',
                   'message' || suffix, 'delivery' || suffix, 'event' || suffix);
    IF is_live(day) THEN
        RETURN false;
    END IF;
    EXECUTE format('DROP TABLE %I, %I, %I', 'message' || suffix, 'delivery' || suffix, 'event' || suffix);
    DELETE FROM cause_change c WHERE c.message_day = day;
    WITH gone AS (
        DELETE FROM cause_day c WHERE c.message_day = day RETURNING c.cause_id, c.standing, c.again
    )
    UPDATE cause c SET standing = c.standing - g.standing, again = c.again - g.again FROM gone g WHERE c.id = g.cause_id;
    RETURN true;
END $$;


-- What happened in each minute and each hour, all replicas together: for charts, which a crash may cost some seconds.
CREATE TABLE rate (
    minutes     integer NOT NULL,
    at          timestamptz NOT NULL,
    prepared    bigint NOT NULL,
    confirmed   bigint NOT NULL,
    cancelled   bigint NOT NULL,
    sent        bigint NOT NULL,                                           -- and confirmed by the broker
    redelivered bigint NOT NULL,                                           -- handed to it not for the first time
    consumed    bigint NOT NULL,
    rejected    bigint NOT NULL,
    dead        bigint NOT NULL,
    latency     bigint[] NOT NULL,                                         -- how many by Latency's classes
    PRIMARY KEY (minutes, at),
    CONSTRAINT rate_minutes_known CHECK (minutes IN (1, 60))
) WITH (fillfactor = 50);


-- What operators were refused as well as what they did: act on what, how many, with which outcome.
ALTER TABLE audit
    ADD COLUMN outcome  text NOT NULL DEFAULT 'DONE',
    ADD COLUMN affected integer,                                           -- null: the one
    ALTER COLUMN reason DROP NOT NULL,
    ADD CONSTRAINT audit_done_for_a_reason CHECK (outcome <> 'DONE' OR reason IS NOT NULL);
UPDATE audit SET act = 'RESEND' WHERE act = 'REVIVE';
-- these serve AuditList, newest first
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_actor ON audit (actor, at, id);
CREATE INDEX audit_act ON audit (act, at, id);
CREATE INDEX audit_subject ON audit (subject, at, id);


-- How an application's answers have been lately: the average of some twenty asks, the latest counting most.
ALTER TABLE application
    ADD COLUMN check_success real,                                         -- of 1
    ADD COLUMN check_millis  real,                                         -- from the lease to the report
    ADD CONSTRAINT application_check_success_is_share CHECK (check_success BETWEEN 0 AND 1);

-- Keys made by operators are told apart by their prefix.
CREATE UNIQUE INDEX api_key_made ON api_key (prefix) WHERE NOT configured;
