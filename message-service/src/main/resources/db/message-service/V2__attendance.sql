-- What was seen of each subscription's queue and consumers, besides the acks: whether a consumer is attached, and for how long
-- it has acknowledged nothing.

ALTER TABLE progress RENAME COLUMN acked_sent_at TO passed_at;              -- what was sent before is not in the queue any more
ALTER TABLE progress RENAME COLUMN at TO acked_at;                         -- when an ack or a reject came last, of any attempt
ALTER TABLE progress
    ADD COLUMN observed_at timestamptz,                                    -- when the broker last told of the queue:
    ADD COLUMN ready       integer NOT NULL DEFAULT 0,                     -- messages that waited in it
    ADD COLUMN consumers   integer NOT NULL DEFAULT 0,                     -- consumers attached to it
    ADD COLUMN ready_at    timestamptz,                                    -- when messages were last seen to wait
    ADD COLUMN attended_at timestamptz,                                    -- when a consumer was last seen
    ADD COLUMN unanswered  interval NOT NULL DEFAULT '0';                  -- how long consumers were there since the last ack

-- How long attached consumers may acknowledge nothing before they count as stalled.
CREATE FUNCTION stall_timeout(schedule_millis bigint[]) RETURNS interval
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN GREATEST(2 * redelivery_step(schedule_millis), interval '5 s');

-- All of a schedule's waits from one attempt up to the last but one.
CREATE FUNCTION redelivery_waits(schedule_millis bigint[], attempt integer, max_attempts integer) RETURNS interval
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT COALESCE(sum(schedule_millis[least(n, cardinality(schedule_millis))]), 0) * interval '1 millisecond'
              FROM generate_series(attempt, max_attempts - 1) AS n);
