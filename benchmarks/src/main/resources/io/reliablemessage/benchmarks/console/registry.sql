-- 20 topics with one or two subscriptions each, 20 producers, and fifty ways to die.
SELECT make_day((now() AT TIME ZONE 'UTC')::date - back) FROM generate_series(0, :days) back;

INSERT INTO application (name) SELECT 'producer-' || n FROM generate_series(0, 19) n;

INSERT INTO topic (name, application, consumers, check_after_millis)
SELECT 'topic-' || n, 'producer-' || n, '{consumer}', 60000 FROM generate_series(0, 19) n;

INSERT INTO subscription (name, topic, application, kind, queue)
SELECT 'sub-' || n, 'topic-' || n % 20, 'consumer', 'QUEUE', 'console.sub-' || n FROM generate_series(0, 29) n;

CREATE UNLOGGED TABLE death (number integer PRIMARY KEY, subscription text, kind text, error text, cause_id uuid);

-- ten subscriptions with five causes each, one of them a rejection; each belongs to a topic with two subscriptions
INSERT INTO death
SELECT n, subscription, kind, error, cause_id(subscription, kind, fingerprint(error))
  FROM (SELECT n, 'sub-' || n / 5 AS subscription, CASE n % 5 WHEN 4 THEN 'REJECTED' ELSE 'NO_ACK' END AS kind,
               (ARRAY['no ack after 12 attempts', 'connection to "stock" refused', 'account is closed for good',
                      'the queue is full of older ones', 'CLOSED: the account is closed'])[1 + n % 5] AS error
          FROM generate_series(0, 49) n) cause;

INSERT INTO cause (id, subscription, kind, fingerprint, topic, sample, first_at, last_at, standing, again)
SELECT d.cause_id, d.subscription, d.kind, fingerprint(d.error), s.topic, d.error, now() - interval '30 d',
       now() - d.number * d.number * interval '2 min', 0, 0
  FROM death d JOIN subscription s ON s.name = d.subscription;
