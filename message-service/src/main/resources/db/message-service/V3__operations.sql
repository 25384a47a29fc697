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

-- An operation is in the audit with what it was about and how much that was, and stays there when it is forgotten.
ALTER TABLE audit ADD COLUMN filter jsonb;                                -- null: the subject says it
