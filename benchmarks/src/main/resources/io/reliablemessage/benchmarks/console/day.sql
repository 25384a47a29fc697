-- One day of the month. Most keys have three messages, one has a five-hundredth of all. Of a thousand messages, two
-- are undecided and ten are cancelled. Of a thousand others, some twenty have a dead delivery, five a rejected one,
-- four a discarded one, and four one that is on its way.
CREATE TEMPORARY TABLE row AS
SELECT overlay(uuid_floor(at)::text PLACING to_char(n, 'FM000000000000') FROM 25)::uuid AS id, at, n,
       (n % 20)::integer AS topic, n % 1000 = 1 OR n % 1000 = 2 AS is_pending, n % 100 = 3 AS is_cancelled
  FROM (SELECT n, now() - (:back + 1) * interval '1 d'
                  + (n % (:messages / :days)) * (interval '1 d' / (:messages / :days)) AS at
          FROM generate_series(:back * (:messages / :days), (:back + 1) * (:messages / :days) - 1) n) every;

INSERT INTO message (id, topic, key, producer, state, payload, content_type, content_hash, decision_due_at, check_due_at,
                     check_attempts, created_at, decided_at, decided_by)
SELECT id, 'topic-' || topic, CASE n % 500 WHEN 7 THEN 'everybody''s' ELSE 'order-' || n / 3 END, 'producer-' || topic,
       CASE WHEN is_pending THEN 'PENDING_CONFIRM' WHEN is_cancelled THEN 'CANCELLED' ELSE 'CONFIRMED' END,
       convert_to(format('{"order":"order-%s","points":%s}', n / 3, n % 100), 'UTF8'), 'application/json', sha256(''),
       at + interval '1 min', CASE WHEN is_pending THEN now() + interval '5 min' END, CASE WHEN is_pending THEN 20 ELSE 0 END,
       at, CASE WHEN NOT is_pending THEN at + interval '5 ms' END, CASE WHEN NOT is_pending THEN 'producer-' || topic END
  FROM row;

-- topics 0 to 9 have two subscriptions
CREATE TEMPORARY TABLE sent AS
SELECT r.id, r.at, r.n, 'sub-' || r.topic + 20 * second AS subscription,
       CASE WHEN second = 1 OR r.topic >= 10 THEN 'CONSUMED'
            WHEN r.n / 20 % 1000 < 50 THEN CASE WHEN r.n / 20 % 5 = 4 THEN 'REJECTED' ELSE 'DEAD' END
            WHEN r.n / 20 % 1000 < 58 THEN 'DISCARDED'
            WHEN r.n / 20 % 1000 < 66 THEN 'SENDING'
            ELSE 'CONSUMED' END AS state,
       r.topic * 5 + r.n / 20 % 5 AS death
  FROM row r CROSS JOIN generate_series(0, 1) second
 WHERE NOT r.is_pending AND NOT r.is_cancelled AND (second = 0 OR r.topic < 10);

INSERT INTO delivery (message_id, subscription, state, attempts, deliverable_at, sent_at, due_at, finished_at, last_error, cause_id,
                      died_again)
SELECT s.id, s.subscription, s.state,
       CASE s.state WHEN 'CONSUMED' THEN 1 + (s.n % 50 = 0)::integer WHEN 'SENDING' THEN 3 ELSE 12 END,
       s.at, s.at + interval '6 ms', CASE s.state WHEN 'SENDING' THEN now() + (s.n % 3600 - 60) * interval '1 s' END,
       CASE WHEN s.state <> 'SENDING' THEN s.at + interval '20 ms' END,
       CASE WHEN s.state IN ('DEAD', 'REJECTED') THEN d.error WHEN s.state = 'DISCARDED' THEN 'booked by hand' END,
       CASE WHEN s.state IN ('DEAD', 'REJECTED') THEN d.cause_id END,
       CASE WHEN s.state IN ('DEAD', 'REJECTED') THEN false END
  FROM sent s LEFT JOIN death d ON d.number = s.death;

INSERT INTO event (message_id, at, subscription, kind, actor, detail)
SELECT s.id, s.at + attempt * interval '1 h', s.subscription, CASE attempt WHEN 12 THEN 'BURIED' ELSE 'REDELIVERED' END, 'service',
       'attempt ' || attempt
  FROM sent s CROSS JOIN generate_series(2, 12, 5) attempt
 WHERE s.state = 'DEAD';
