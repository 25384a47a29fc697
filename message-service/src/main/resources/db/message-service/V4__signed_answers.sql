-- Answers to check-backs are signed with the secret of their application. The secret before it stays valid for an hour, so that
-- the replicas of an application can change it one after the other.

ALTER TABLE application
    ADD COLUMN check_answers text NOT NULL DEFAULT 'SIGNED',
    ADD COLUMN require_check_ref boolean NOT NULL DEFAULT false,           -- of its half messages
    ADD COLUMN former_check_secret bytea,
    ADD COLUMN former_check_secret_key text,
    ADD COLUMN former_check_secret_until timestamptz,
    ADD CONSTRAINT application_check_answers_known CHECK (check_answers IN ('SIGNED', 'UNSIGNED')),
    ADD CONSTRAINT application_former_secret_has_key
        CHECK ((former_check_secret IS NULL) = (former_check_secret_key IS NULL)),
    ADD CONSTRAINT application_former_secret_ends
        CHECK ((former_check_secret IS NULL) = (former_check_secret_until IS NULL));

-- A check URL is asked from time to time about a message that does not exist. One that answers with the store of the question has
-- not read it from its database, so nothing that it calls rolled back is believed.
ALTER TABLE application
    ADD COLUMN check_copies boolean NOT NULL DEFAULT false,
    ADD COLUMN probe_due_at timestamptz NOT NULL DEFAULT now();

ALTER TABLE checkback_lease ADD COLUMN probe_ref text;                     -- null: it is about messages
