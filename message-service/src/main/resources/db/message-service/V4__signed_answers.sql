-- Answers to check-backs are signed with the secret of their application. The secret before it stays valid for an hour, so that
-- the replicas of an application can change it one after the other.

ALTER TABLE application
    ADD COLUMN check_answers text NOT NULL DEFAULT 'SIGNED',
    ADD COLUMN former_check_secret bytea,
    ADD COLUMN former_check_secret_key text,
    ADD COLUMN former_check_secret_until timestamptz,
    ADD CONSTRAINT application_check_answers_known CHECK (check_answers IN ('SIGNED', 'UNSIGNED')),
    ADD CONSTRAINT application_former_secret_has_key
        CHECK ((former_check_secret IS NULL) = (former_check_secret_key IS NULL)),
    ADD CONSTRAINT application_former_secret_ends
        CHECK ((former_check_secret IS NULL) = (former_check_secret_until IS NULL));
