-- The ledger: what was promised to whom. Everything here is PostgreSQL 15.

-- The smallest id of an instant: ids are UUIDv7, which start with milliseconds since 1970, so a day is a contiguous range.
CREATE FUNCTION uuid_floor(at timestamptz) RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (lpad(to_hex(floor(extract(EPOCH FROM at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid;

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
    CONSTRAINT application_name_plain CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
    CONSTRAINT application_asked_with_secret CHECK (check_url IS NULL OR check_secret IS NOT NULL),
    CONSTRAINT application_secret_has_key CHECK ((check_secret IS NULL) = (check_secret_key IS NULL)),
    CONSTRAINT application_check_failures_not_negative CHECK (check_failures >= 0)
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

-- How far a consumer has come. Apart from the subscription, since it changes every second.
CREATE TABLE progress (
    subscription  text PRIMARY KEY REFERENCES subscription,
    acked_sent_at timestamptz,                                             -- the newest first send that was acknowledged
    at            timestamptz,                                             -- when such an ack came last
    rests_until   timestamptz                                              -- all that was due still waited in the queue
) WITH (fillfactor = 50);

-- Redeliveries of a subscription with a rate are paid with time.
CREATE TABLE pace (
    subscription text PRIMARY KEY REFERENCES subscription,
    paid_until   timestamptz NOT NULL
) WITH (fillfactor = 50);


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


-- What operators did, and why.
CREATE TABLE audit (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL DEFAULT now(),
    actor   text NOT NULL,
    act     text NOT NULL,
    subject text NOT NULL,
    reason  text NOT NULL,
    CONSTRAINT audit_reason_short CHECK (octet_length(reason) BETWEEN 1 AND 500)
);

-- When a worker of each kind called last. Installing counts as a call.
CREATE TABLE worker_seen (
    kind text PRIMARY KEY,
    at   timestamptz NOT NULL
);
INSERT INTO worker_seen (kind, at) VALUES ('redelivery', now()), ('checkback', now());
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
-- under the locks, and not what was there before.
CREATE FUNCTION drop_day(day date) RETURNS boolean
    LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    suffix text := to_char(day, '_YYYYMMDD');
BEGIN
    EXECUTE format('LOCK TABLE ONLY message, ONLY delivery, ONLY event, %I, %I, %I IN ACCESS EXCLUSIVE MODE',
                   'message' || suffix, 'delivery' || suffix, 'event' || suffix);
    IF is_live(day) THEN
        RETURN false;
    END IF;
    EXECUTE format('DROP TABLE %I, %I, %I', 'message' || suffix, 'delivery' || suffix, 'event' || suffix);
    RETURN true;
END $$;
