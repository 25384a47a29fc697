CREATE TABLE IF NOT EXISTS orders (
    number     text PRIMARY KEY,
    customer   text NOT NULL,
    amount     numeric NOT NULL,
    points     integer NOT NULL,
    message_id uuid NOT NULL UNIQUE,
    placed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT orders_within_credit CHECK (amount <= 1000)
);
