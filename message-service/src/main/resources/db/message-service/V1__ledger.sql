-- The ledger: what was promised to whom. Everything here is PostgreSQL 15.


-- Ids and waits ---------------------------------------------------------------------------------------------------------------

-- The smallest id of an instant: ids are UUIDv7, which start with milliseconds since 1970, so a day is a contiguous range.
CREATE FUNCTION uuid_floor(at timestamptz) RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (lpad(to_hex(floor(extract(EPOCH FROM at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid;

-- When an id says that it was made, and on which of the ledger's days.
CREATE FUNCTION uuid_time(id uuid) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0);
CREATE FUNCTION uuid_day(id uuid) RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (uuid_time(id) AT TIME ZONE 'UTC')::date;

-- An id made by the database's clock (PostgreSQL has uuidv7() only from 18 on).
CREATE FUNCTION uuid_v7() RETURNS uuid
    LANGUAGE sql VOLATILE PARALLEL SAFE
    RETURN encode(
        set_bit(set_bit(                                                   -- version 4 becomes version 7
            overlay(uuid_send(gen_random_uuid())
                    PLACING substring(int8send(floor(extract(EPOCH FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                    FROM 1 FOR 6),
            52, 1), 53, 1), 'hex')::uuid;

-- The wait for an ack after the n-th send: the schedule's n-th entry, the last one repeating. Up to a tenth is added, so that
-- what failed together does not come back together.
CREATE FUNCTION redelivery_wait(schedule_millis bigint[], attempt integer) RETURNS interval
    LANGUAGE sql VOLATILE PARALLEL SAFE
    RETURN schedule_millis[least(attempt, cardinality(schedule_millis))] * (1 + random() * 0.1) * interval '1 millisecond';

-- How long a schedule waits at first: within that time, a consumer that works has something to show.
CREATE FUNCTION redelivery_step(schedule_millis bigint[]) RETURNS interval
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN schedule_millis[1] * interval '1 millisecond';


-- Who takes part --------------------------------------------------------------------------------------------------------------

CREATE TABLE application (
    name              text PRIMARY KEY,
    enabled           boolean NOT NULL DEFAULT true,
    created_at        timestamptz NOT NULL DEFAULT now(),
    check_url         text,                                                -- null: it is not asked
    check_secret      bytea,                                               -- signs the asks; sealed with AES-GCM
    check_secret_key  text,                                                -- which configured key opens it
    check_leased_at   timestamptz,                                         -- whose turn it is to be asked
    check_failures    integer NOT NULL DEFAULT 0,                          -- asks without any answer; each answer takes one back
    check_rests_until timestamptz,                                         -- after too many of them
    check_success     real,                                                -- of 1: the average of some twenty asks, the latest
    check_millis      real,                                                -- counting most; and from the lease to the report
    CONSTRAINT application_name_plain CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
    CONSTRAINT application_asked_with_secret CHECK (check_url IS NULL OR check_secret IS NOT NULL),
    CONSTRAINT application_secret_has_key CHECK ((check_secret IS NULL) = (check_secret_key IS NULL)),
    CONSTRAINT application_check_failures_not_negative CHECK (check_failures >= 0),
    CONSTRAINT application_check_success_is_share CHECK (check_success BETWEEN 0 AND 1)
);

CREATE TABLE api_key (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application  text NOT NULL REFERENCES application,
    prefix       text NOT NULL,                                            -- what an operator recognises the key by
    hash         bytea NOT NULL,
    roles        text[] NOT NULL,
    configured   boolean NOT NULL,                                         -- from YAML: gone from there, it is expired
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz,
    last_used_on date,
    CONSTRAINT api_key_hash_unique UNIQUE (hash),
    CONSTRAINT api_key_hash_is_sha256 CHECK (octet_length(hash) = 32),
    CONSTRAINT api_key_roles_known CHECK (
        cardinality(roles) > 0
        AND roles <@ ARRAY['PRODUCER', 'CONSUMER', 'WORKER', 'VIEWER', 'OPERATOR', 'LEAD', 'ADMIN', 'CONSOLE'])
);
CREATE UNIQUE INDEX api_key_made ON api_key (prefix) WHERE NOT configured;  -- those made by operators are told apart by it

CREATE TABLE topic (
    name                text PRIMARY KEY,
    application         text NOT NULL REFERENCES application,
    consumers           text[] NOT NULL,                                   -- may subscribe, besides the owner
    check_after_millis  bigint NOT NULL,
    created_at          timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT topic_name_plain CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
    CONSTRAINT topic_check_after_positive CHECK (check_after_millis > 0)
);

CREATE TABLE subscription (
    name            text PRIMARY KEY,
    topic           text NOT NULL REFERENCES topic,
    application     text NOT NULL REFERENCES application,
    kind            text NOT NULL,
    queue           text NOT NULL,
    schedule_millis bigint[],                                              -- null: the service's default
    max_attempts    integer,                                               -- null: the service's default
    rate_per_second integer,                                               -- redeliveries; null: as many as are due
    override_schedule_millis bigint[],                                     -- an operator's word: wins while it is there
    override_max_attempts    integer,
    override_rate_per_second integer,
    paused          boolean NOT NULL DEFAULT false,                        -- nothing is sent, nothing is counted
    created_at      timestamptz NOT NULL DEFAULT now(),
    retired_at      timestamptz,
    CONSTRAINT subscription_name_plain CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
    CONSTRAINT subscription_kind_known CHECK (kind IN ('QUEUE', 'HTTP')),
    CONSTRAINT subscription_schedule_positive CHECK (cardinality(schedule_millis) > 0 AND 0 < ALL (schedule_millis)),
    CONSTRAINT subscription_max_attempts_positive CHECK (max_attempts > 0),
    CONSTRAINT subscription_rate_positive CHECK (rate_per_second > 0),
    CONSTRAINT subscription_override_schedule_positive CHECK (
        cardinality(override_schedule_millis) > 0 AND 0 < ALL (override_schedule_millis)),
    CONSTRAINT subscription_override_max_attempts_positive CHECK (override_max_attempts > 0),
    CONSTRAINT subscription_override_rate_positive CHECK (override_rate_per_second > 0)
);
CREATE INDEX subscription_topic ON subscription (topic);                   -- serves prepare and confirm

-- The terms that are in force: an operator's, else the registered ones; null: the service's default.
CREATE VIEW subscription_policy AS
    SELECT name, topic, queue, paused, retired_at,
           COALESCE(override_schedule_millis, schedule_millis) AS schedule_millis,
           COALESCE(override_max_attempts, max_attempts) AS max_attempts,
           COALESCE(override_rate_per_second, rate_per_second) AS rate_per_second
      FROM subscription;

-- How far a consumer has come. Apart from the subscription, since it changes every second.
CREATE TABLE progress (
    subscription  text PRIMARY KEY REFERENCES subscription,
    acked_sent_at timestamptz,                                             -- the newest first send that was acknowledged
    at            timestamptz,                                             -- when such an ack came last
    rests_until   timestamptz,                                             -- all that was due was where it should be:
    rests_for     text NOT NULL DEFAULT 'QUEUE',                           -- in the queue, or with the consumer
    CONSTRAINT progress_rests_for_known CHECK (rests_for IN ('QUEUE', 'CONSUMER'))
) WITH (fillfactor = 50);

-- Redeliveries of a subscription with a rate are paid with time.
CREATE TABLE pace (
    subscription text PRIMARY KEY REFERENCES subscription,
    paid_until   timestamptz NOT NULL
) WITH (fillfactor = 50);


-- Messages and their deliveries -----------------------------------------------------------------------------------------------

CREATE TABLE message (
    id             uuid NOT NULL PRIMARY KEY,
    topic          text NOT NULL,
    key            text NOT NULL,
    producer       text NOT NULL,
    state          text NOT NULL DEFAULT 'PENDING_CONFIRM',
    payload        bytea NOT NULL,
    content_type   text NOT NULL,
    headers        jsonb NOT NULL DEFAULT '{}',
    content_hash   bytea NOT NULL,                                         -- over the request's members as given
    check_ref      text,
    decision_due_at timestamptz NOT NULL,                                  -- a decision was expected by then
    check_due_at   timestamptz,                                            -- the next ask
    check_attempts integer NOT NULL DEFAULT 0,
    check_answer   text,
    deliver_at     timestamptz,
    created_at     timestamptz NOT NULL DEFAULT now(),
    decided_at     timestamptz,
    decided_by     text,
    trace_parent   text,
    trace_state    text,
    CONSTRAINT message_state_known CHECK (state IN ('PENDING_CONFIRM', 'CONFIRMED', 'CANCELLED')),
    CONSTRAINT message_check_due_iff_pending CHECK ((check_due_at IS NOT NULL) = (state = 'PENDING_CONFIRM')),
    CONSTRAINT message_decided_iff_not_pending CHECK (
        (decided_at IS NULL) = (state = 'PENDING_CONFIRM') AND (decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT message_key_short CHECK (octet_length(key) BETWEEN 1 AND 255),
    CONSTRAINT message_payload_fits CHECK (octet_length(payload) <= 1048576),
    CONSTRAINT message_content_type_short CHECK (octet_length(content_type) <= 255),
    CONSTRAINT message_check_ref_short CHECK (octet_length(check_ref) <= 128),
    CONSTRAINT message_hash_is_sha256 CHECK (octet_length(content_hash) = 32)
) PARTITION BY RANGE (id);
-- serves the check-back's claims, one producer at a time; partial, so it stays as small as what is undecided. Its condition is
-- not the state, though it means the same: else the planner would take it for look-ups by id and state, and read all of it
CREATE INDEX message_check_due ON message (producer, check_due_at) WHERE check_due_at IS NOT NULL;
-- these serve SearchStore, which reads newest first whatever it is asked for. A key's hash costs half of what the key does
CREATE INDEX message_key ON message (hashtext(key), id);
CREATE INDEX message_undecided ON message (id) WHERE check_due_at IS NOT NULL;
CREATE INDEX message_cancelled ON message (id) WHERE state = 'CANCELLED';

-- Whether somebody should look at an undecided message: asked about too often without an answer, or overdue for too long.
-- STABLE, not STRICT, and each parameter used once, so that the planner puts the expression itself in its place.
CREATE FUNCTION is_suspect(check_attempts integer, decision_due_at timestamptz, after_checks integer, after_millis bigint)
    RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN check_attempts >= after_checks OR decision_due_at < now() - after_millis * interval '1 ms';

-- Check-backs that workers have taken, for as long as a late report may come. The message's state decides what a report
-- does; this says which messages it may speak of, and until when it changes their schedule.
CREATE TABLE checkback_lease (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    application text NOT NULL,
    message_ids uuid[] NOT NULL,
    leased_at   timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL,
    reported_at timestamptz,
    CONSTRAINT checkback_lease_not_empty CHECK (cardinality(message_ids) > 0)
);
CREATE INDEX checkback_lease_open ON checkback_lease (application) WHERE reported_at IS NULL;  -- serves the cap per application
CREATE INDEX checkback_lease_expires ON checkback_lease (expires_at);      -- serves clearing away

CREATE TABLE delivery (
    message_id     uuid NOT NULL,
    subscription   text NOT NULL,
    state          text NOT NULL DEFAULT 'SENDING',
    attempts       integer NOT NULL,
    refusals       integer NOT NULL DEFAULT 0,                             -- in a row, of the kind in cause
    deliverable_at timestamptz NOT NULL,                                   -- decided, and not before its time
    due_at         timestamptz,
    sent_at        timestamptz,
    finished_at    timestamptz,
    last_error     text,
    cause          text,
    cause_id       uuid,                                                   -- what it died or was rejected of, the last time
    died_again     boolean,                                                -- and whether it had been sent again before
    PRIMARY KEY (message_id, subscription),
    CONSTRAINT delivery_state_known CHECK (state IN ('SENDING', 'CONSUMED', 'REJECTED', 'DEAD', 'DISCARDED')),
    CONSTRAINT delivery_due_iff_sending CHECK ((due_at IS NOT NULL) = (state = 'SENDING')),
    CONSTRAINT delivery_finished_iff_not_sending CHECK ((finished_at IS NULL) = (state = 'SENDING')),
    CONSTRAINT delivery_ended_badly_has_reason CHECK (state IN ('SENDING', 'CONSUMED') OR last_error IS NOT NULL),
    CONSTRAINT delivery_counts_not_negative CHECK (attempts >= 0 AND refusals >= 0)
) PARTITION BY RANGE (message_id);
-- serves RedeliveryStore.TAKE_UP, one subscription at a time; partial by the time, not by the state, as above
CREATE INDEX delivery_due ON delivery (subscription, due_at) WHERE due_at IS NOT NULL;
-- serves the same for what was never sent, which is not hidden behind what waits in its queue
CREATE INDEX delivery_unsent ON delivery (subscription, due_at) WHERE due_at IS NOT NULL AND sent_at IS NULL;
-- these serve SearchStore; the second one also drop_day, which looks for the dead while it keeps everybody waiting
CREATE INDEX delivery_sending ON delivery (message_id, subscription) WHERE due_at IS NOT NULL;
CREATE INDEX delivery_unhappy ON delivery (state, message_id, subscription) WHERE state IN ('DEAD', 'REJECTED', 'DISCARDED');
-- serves SearchStore by cause. What is healthy is not in it; what does not speak of cause_id is never tempted by it
CREATE INDEX delivery_cause ON delivery (cause_id, message_id) INCLUDE (subscription, state)
    WHERE cause_id IS NOT NULL AND state IN ('DEAD', 'REJECTED');

CREATE TABLE event (
    message_id   uuid NOT NULL,
    at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    subscription text,
    kind         text NOT NULL,
    actor        text NOT NULL,
    detail       text
) PARTITION BY RANGE (message_id);
CREATE INDEX event_message ON event (message_id, at);                      -- serves a message's timeline

-- Which id stands for the Idempotency-Key of a producer that cannot make ids; for as long as ids are accepted.
CREATE TABLE idempotency_key (
    application text NOT NULL,
    key         text NOT NULL,
    message_id  uuid NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (application, key),
    CONSTRAINT idempotency_key_short CHECK (octet_length(key) BETWEEN 1 AND 255)
);
CREATE INDEX idempotency_key_created ON idempotency_key (created_at);      -- serves IdempotencyStore.FORGET

-- What a message is shown as: its decision until that is CONFIRMED, then the worst of its deliveries.
CREATE FUNCTION shown_state(message_id uuid, decision text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE decision WHEN 'CONFIRMED' THEN (
        SELECT d.state
          FROM delivery d
         WHERE d.message_id = $1
         ORDER BY array_position(ARRAY['DEAD', 'SENDING', 'REJECTED', 'DISCARDED', 'CONSUMED'], d.state)
         LIMIT 1) ELSE decision END;


-- Why deliveries die or are rejected, counted as it happens -------------------------------------------------------------------

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
    CONSTRAINT cause_kind_known CHECK (kind IN ('NO_ACK', 'BROKER_REFUSED', 'REJECTED')),
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
-- serves CauseTrendStore: what ended when, whatever the cause
CREATE INDEX cause_trend_at ON cause_trend (minutes, at) INCLUDE (cause_id, died);

-- What the counts have still to learn. Written in the transaction of the step itself, and only ever added to, so nobody waits for
-- anybody; CauseCounts.FOLD takes it over into the tables above.
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

-- Finds out what a delivery ended of, and has it counted.
CREATE FUNCTION count_end(ended delivery, is_again boolean, ended_at timestamptz) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    ended_of text := CASE WHEN ended.state = 'REJECTED' THEN 'REJECTED'
                          WHEN ended.cause = 'BROKER_REFUSED' THEN ended.cause ELSE 'NO_ACK' END;
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


-- Days ------------------------------------------------------------------------------------------------------------------------

-- Makes the partitions of one UTC day. LIKE + ATTACH locks the parents only against each other, PARTITION OF would stop
-- every writer. Autovacuum is told to come early: rows are updated two or three times within seconds and then never again.
CREATE FUNCTION make_day(day date) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    parent    text;
    partition text;
    first     uuid := uuid_floor(day::timestamp AT TIME ZONE 'UTC');
    beyond    uuid := uuid_floor((day + 1)::timestamp AT TIME ZONE 'UTC');
BEGIN
    FOREACH parent IN ARRAY ARRAY['message', 'delivery', 'event'] LOOP
        partition := parent || to_char(day, '_YYYYMMDD');
        CONTINUE WHEN to_regclass(partition) IS NOT NULL;
        EXECUTE format(
            'CREATE TABLE %I (LIKE %I INCLUDING ALL) WITH (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.05, '
            'autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)', partition, parent);
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, partition, first, beyond);
    END LOOP;
END $$;

-- Whether a day holds what nobody may drop: an undecided message, a delivery on its way or dead. Each is a probe of a partial
-- index.
CREATE FUNCTION is_live(day date) RETURNS boolean
    LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    live boolean;
BEGIN
    EXECUTE format(
        'SELECT EXISTS (SELECT FROM %1$I WHERE check_due_at IS NOT NULL) '
        'OR EXISTS (SELECT FROM %2$I WHERE due_at IS NOT NULL) OR EXISTS (SELECT FROM %2$I WHERE state = ''DEAD'')',
        'message' || to_char(day, '_YYYYMMDD'), 'delivery' || to_char(day, '_YYYYMMDD')) INTO live;
    RETURN live;
END $$;

-- Drops one day, unless something in it is live. PostgreSQL locks the parents for that, too, so everybody waits meanwhile: the
-- caller bounds the statement, and tries again another time. Both are VOLATILE, so that each of their statements sees what is there
-- under the locks, and not what was there before. What is dropped does not stand any more; the advisory lock is that of
-- AdvisoryLock.CAUSE_COUNTS, had before anybody else has to wait for this.
CREATE FUNCTION drop_day(day date) RETURNS boolean
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


-- Operators and workers -------------------------------------------------------------------------------------------------------

-- What operators did, and why, and what they were refused.
CREATE TABLE audit (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL DEFAULT now(),
    actor    text NOT NULL,
    act      text NOT NULL,
    subject  text NOT NULL,
    reason   text,
    outcome  text NOT NULL DEFAULT 'DONE',
    affected integer,                                                      -- null: the one
    filter   jsonb,                                                        -- of an operation; null: the subject says it
    CONSTRAINT audit_reason_short CHECK (octet_length(reason) BETWEEN 1 AND 500),
    CONSTRAINT audit_done_for_a_reason CHECK (outcome <> 'DONE' OR reason IS NOT NULL)
);
-- these serve AuditList, newest first
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_actor ON audit (actor, at, id);
CREATE INDEX audit_act ON audit (act, at, id);
CREATE INDEX audit_subject ON audit (subject, at, id);

-- When a worker of each kind called last. Installing counts as a call.
CREATE TABLE worker_seen (
    kind   text PRIMARY KEY,
    at     timestamptz NOT NULL,
    paused boolean NOT NULL DEFAULT false                                  -- by an operator: its workers get nothing to do
);
INSERT INTO worker_seen (kind, at) VALUES ('redelivery', now()), ('checkback', now());

-- What operators do to many deliveries at once. An operation's numbers are kept by the transactions that make them true.
CREATE TABLE operation (
    id                 uuid PRIMARY KEY,
    action             text NOT NULL,
    filter             jsonb NOT NULL,
    runs_again         boolean NOT NULL,                                   -- also beyond the dedupe window
    retry_of           uuid,
    actor              text NOT NULL,
    reason             text NOT NULL,
    state              text NOT NULL,
    resumes_as         text,                                               -- what a pause has interrupted
    paused_by          text,
    matched            integer NOT NULL,
    resent             integer NOT NULL DEFAULT 0,
    sent               integer NOT NULL DEFAULT 0,                         -- of the resent, as all that follow
    consumed           integer NOT NULL DEFAULT 0,
    dead               integer NOT NULL DEFAULT 0,
    rejected           integer NOT NULL DEFAULT 0,
    superseded         integer NOT NULL DEFAULT 0,                         -- resent by somebody since, or dropped
    discarded          integer NOT NULL DEFAULT 0,
    skipped            integer NOT NULL DEFAULT 0,
    failed             integer NOT NULL DEFAULT 0,
    rate_per_second    integer,
    paid_until         timestamptz NOT NULL DEFAULT now(),                 -- what was done is paid with time, as in pace
    canary             integer NOT NULL,
    taken_message      uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    taken_subscription text NOT NULL DEFAULT '',                           -- all up to here has its outcome
    started_at         timestamptz NOT NULL DEFAULT now(),
    finished_at        timestamptz,
    changed_at         timestamptz NOT NULL DEFAULT now(),
    look_due_at        timestamptz,                                        -- when what was resent is looked at again
    looked_message     uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    looked_subscription text NOT NULL DEFAULT '',
    CONSTRAINT operation_action_known CHECK (action IN ('RESEND', 'DISCARD')),
    CONSTRAINT operation_state_known CHECK (state IN ('CANARY', 'RUNNING', 'PAUSED', 'CANCELLED', 'FINISHED')),
    CONSTRAINT operation_resumes CHECK (
        (state = 'PAUSED') = (resumes_as IS NOT NULL) AND (state = 'PAUSED') = (paused_by IS NOT NULL)
        AND resumes_as IN ('CANARY', 'RUNNING')),
    CONSTRAINT operation_over_iff_finished_at CHECK ((state IN ('CANCELLED', 'FINISHED')) = (finished_at IS NOT NULL)),
    CONSTRAINT operation_over_iff_all_done CHECK (
        (state IN ('CANCELLED', 'FINISHED')) = (matched = resent + discarded + skipped + failed)),
    CONSTRAINT operation_counts_not_negative CHECK (
        LEAST(resent, sent, consumed, dead, rejected, superseded, discarded, skipped, failed, canary) >= 0
        AND matched >= resent + discarded + skipped + failed),
    CONSTRAINT operation_sees_what_it_resent CHECK (sent <= resent AND consumed + dead + rejected + superseded <= resent),
    CONSTRAINT operation_rate_positive CHECK (rate_per_second > 0),
    CONSTRAINT operation_reason_short CHECK (octet_length(reason) BETWEEN 1 AND 500)
);
CREATE INDEX operation_started ON operation (started_at, id);             -- serves the list, and forgetting
-- these serve the job: what is to be done, and what is to be looked at
CREATE INDEX operation_active ON operation (id) WHERE state IN ('CANARY', 'RUNNING');
CREATE INDEX operation_look_due ON operation (look_due_at) WHERE look_due_at IS NOT NULL;

CREATE TABLE operation_item (
    operation_id uuid NOT NULL,                                            -- no foreign key: they come and go together
    message_id   uuid NOT NULL,
    subscription text NOT NULL,
    outcome      text,                                                     -- null: not yet; if cancelled: never
    reason       text,
    at           timestamptz,
    sent         boolean NOT NULL DEFAULT false,
    became       text,                                                     -- of what was resent, as far as seen
    PRIMARY KEY (operation_id, message_id, subscription),
    CONSTRAINT operation_item_outcome_known CHECK (outcome IN ('RESENT', 'DISCARDED', 'SKIPPED', 'FAILED')),
    CONSTRAINT operation_item_at_iff_outcome CHECK ((at IS NULL) = (outcome IS NULL)),
    CONSTRAINT operation_item_says_why CHECK ((reason IS NOT NULL) = (COALESCE(outcome, '') IN ('SKIPPED', 'FAILED'))),
    CONSTRAINT operation_item_became_known CHECK (
        became IN ('CONSUMED', 'DEAD', 'REJECTED', 'DISCARDED', 'RESENT_AGAIN', 'GONE')),
    CONSTRAINT operation_item_seen_iff_resent CHECK (COALESCE(outcome, '') = 'RESENT' OR (became IS NULL AND NOT sent))
) WITH (fillfactor = 75);

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
