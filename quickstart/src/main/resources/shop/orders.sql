CREATE TABLE IF NOT EXISTS orders (
    number     text PRIMARY KEY,
    customer   text NOT NULL,
    amount     numeric NOT NULL,
    points     integer NOT NULL,
    message_id uuid NOT NULL UNIQUE,
    placed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT orders_within_credit CHECK (amount <= 1000)
);
-- The outcome of the transaction behind each message. The transaction itself inserts the row. If the service asks
-- earlier, the answer "rolled back" inserts it: then the transaction cannot commit any more.
CREATE TABLE IF NOT EXISTS marker (
    message_id uuid PRIMARY KEY,
    decision   text NOT NULL CHECK (decision IN ('COMMITTED', 'ROLLED_BACK')),
    marked_at  timestamptz NOT NULL DEFAULT now()
);
-- Which database this is; travels with each message, so that another one never answers for it.
CREATE TABLE IF NOT EXISTS store (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    id  uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO store DEFAULT VALUES ON CONFLICT DO NOTHING;
