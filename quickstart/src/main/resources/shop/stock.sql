-- What the consumer has seen; committed with its effect.
CREATE TABLE IF NOT EXISTS inbox (
    message_id   uuid NOT NULL,
    subscription text NOT NULL,
    received_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (message_id, subscription)
);
-- Nothing here keeps an order from being packed twice: that is the inbox's work, and visible if it fails.
CREATE TABLE IF NOT EXISTS parcel (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_number text NOT NULL
);
CREATE INDEX IF NOT EXISTS parcel_order ON parcel (order_number);
