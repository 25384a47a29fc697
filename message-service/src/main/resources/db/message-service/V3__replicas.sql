-- The replicas of message-service, each of which says every second up to when all that it claimed was offered to the broker or
-- given back. So a claim whose replica died in between is told from one that was sent.

CREATE TABLE replica (
    id            uuid PRIMARY KEY,
    started_at    timestamptz NOT NULL DEFAULT now(),
    seen_at       timestamptz NOT NULL DEFAULT now(),
    offered_until timestamptz NOT NULL DEFAULT now(),
    ended_at      timestamptz                                              -- in order: it had nothing left
) WITH (fillfactor = 50);

-- Whether a replica that is alive may still hold what was claimed at that time.
CREATE FUNCTION is_claim_open(claimed_at timestamptz) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (SELECT FROM replica r
                    WHERE r.ended_at IS NULL AND r.seen_at > now() - interval '10 s'
                      AND claimed_at >= r.started_at AND claimed_at >= r.offered_until);

-- Whether what was claimed at that time may never have been offered, since a replica died that could have held it. What a replica
-- claims without being seen it gives back within seconds.
CREATE FUNCTION is_claim_lost(claimed_at timestamptz) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (SELECT FROM replica r
                    WHERE r.ended_at IS NULL AND r.seen_at <= now() - interval '10 s'
                      AND claimed_at >= r.started_at AND claimed_at >= r.offered_until
                      AND claimed_at < r.seen_at + interval '15 s');
