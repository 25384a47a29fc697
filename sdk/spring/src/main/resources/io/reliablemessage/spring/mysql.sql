-- The tables of Reliable Message for MariaDB 10.6 and MySQL 8.0.16 or newer. Run this file in the application's database,
-- by hand or as a migration; running it again changes nothing. Times are UTC.

CREATE TABLE IF NOT EXISTS rm_store (
    singleton  SMALLINT    NOT NULL DEFAULT 1 PRIMARY KEY,
    store_id   VARCHAR(64) NOT NULL,  -- names this database in check-backs; a copy used for something else needs a new one
    cleaned_to BINARY(16),            -- the highest message id that the cleaner deleted
    epoch      VARCHAR(19),           -- the service's epoch that the rows were last compared with
    CONSTRAINT rm_store_one_row CHECK (singleton = 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO rm_store (store_id) SELECT UUID() FROM (SELECT 1 AS one) AS empty WHERE NOT EXISTS (SELECT 1 FROM rm_store);

CREATE TABLE IF NOT EXISTS rm_outbox (
    seq              BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
    message_id       BINARY(16),
    state            VARCHAR(8)   NOT NULL DEFAULT 'WAITING',
    topic            VARCHAR(255),
    message_key      VARCHAR(255),
    payload          LONGBLOB,
    payload_encoding VARCHAR(6),      -- null: JSON
    content_type     VARCHAR(255),
    headers          TEXT,            -- a JSON object of texts
    deliver_at       DATETIME(6),
    check_after      BIGINT,          -- milliseconds
    traceparent      VARCHAR(55),
    tracestate       VARCHAR(512),
    created_at       DATETIME(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    next_at          DATETIME(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    attempts         INTEGER      NOT NULL DEFAULT 0,
    claimed_by       VARCHAR(36),
    settled_at       DATETIME(6),
    refusal          VARCHAR(1000),
    CONSTRAINT rm_outbox_message UNIQUE (message_id),
    CONSTRAINT rm_outbox_states CHECK (state IN ('WAITING', 'SENT', 'REFUSED', 'FENCE')),
    CONSTRAINT rm_outbox_settled_at CHECK ((state = 'WAITING') = (settled_at IS NULL)),
    CONSTRAINT rm_outbox_refusal CHECK ((state = 'REFUSED') = (refusal IS NOT NULL)),
    CONSTRAINT rm_outbox_content CHECK (state = 'FENCE' OR (topic IS NOT NULL AND message_key IS NOT NULL)),
    INDEX rm_outbox_waiting (state, next_at),     -- serves the sweep
    INDEX rm_outbox_settled (state, settled_at)   -- serves the cleaner and the return of what a restored service has lost
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- A row for each message that a subscription has handled: written in the transaction of its handler, so that the effect
-- takes place once.
CREATE TABLE IF NOT EXISTS rm_inbox (
    message_id   BINARY(16)   NOT NULL,
    subscription VARCHAR(255) NOT NULL,
    received_at  DATETIME(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    PRIMARY KEY (message_id, subscription),
    INDEX rm_inbox_received (received_at)         -- serves the cleaner
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
