-- What is kept of it: counts by cause and by time, audit, operations.
INSERT INTO cause_day (cause_id, message_day, standing, again)
SELECT cause_id, uuid_day(message_id), count(*), 0
  FROM delivery
 WHERE cause_id IS NOT NULL AND state IN ('DEAD', 'REJECTED')
 GROUP BY 1, 2;

UPDATE cause c SET standing = (SELECT COALESCE(sum(d.standing), 0) FROM cause_day d WHERE d.cause_id = c.id);

INSERT INTO cause_trend (cause_id, minutes, at, died)
SELECT cause_id, minutes, to_timestamp(floor(extract(EPOCH FROM now()) / (60 * minutes) - back) * 60 * minutes), 1 + back % 7
  FROM death, (VALUES (5), (60)) AS resolution (minutes), generate_series(0, 190) back;

INSERT INTO rate (minutes, at, prepared, confirmed, cancelled, sent, redelivered, consumed, rejected, dead, latency)
SELECT minutes, to_timestamp(floor(extract(EPOCH FROM now()) / (60 * minutes) - back) * 60 * minutes), 230 * minutes, 227 * minutes,
       2 * minutes, 340 * minutes, 20 * minutes, 330 * minutes, minutes, 5 * minutes, ARRAY(SELECT place FROM generate_series(1, 60) place)
  FROM (VALUES (1), (60)) AS resolution (minutes), generate_series(0, 1490) back
 WHERE minutes = 1 OR back < 192;

INSERT INTO audit (at, actor, act, subject, reason)
SELECT now() - n * interval '2 min', 'operator-' || n % 10, (ARRAY['RESEND', 'DISCARD', 'NOTE', 'PAUSE'])[1 + n % 4],
       'sub-' || n % 30, 'because'
  FROM generate_series(1, 20000) n;

INSERT INTO operation (id, action, filter, runs_again, actor, reason, state, matched, resent, sent, consumed, canary, started_at,
                       finished_at)
SELECT uuid_v7(), 'RESEND', '{"state": "DEAD"}', false, 'operator-1', 'because', 'FINISHED', 100, 100, 100, 100, 0,
       now() - n * interval '1 h', now() - n * interval '1 h'
  FROM generate_series(1, 500) n;

WITH large AS (
    INSERT INTO operation (id, action, filter, runs_again, actor, reason, state, matched, resent, sent, consumed, failed, canary,
                           finished_at)
    SELECT uuid_v7(), 'RESEND', '{"state": "DEAD"}', false, 'operator-1', 'because', 'FINISHED', count(*),
           count(*) FILTER (WHERE NOT is_failed), count(*) FILTER (WHERE NOT is_failed), count(*) FILTER (WHERE NOT is_failed),
           count(*) FILTER (WHERE is_failed), 0, now()
      FROM (SELECT hashtext(message_id::text) % 100 = 0 AS is_failed
              FROM delivery WHERE state = 'DEAD' ORDER BY message_id, subscription LIMIT 100000) item
    RETURNING id
)
INSERT INTO operation_item (operation_id, message_id, subscription, outcome, reason, at, sent, became)
SELECT large.id, message_id, subscription, CASE WHEN is_failed THEN 'FAILED' ELSE 'RESENT' END, CASE WHEN is_failed THEN 'why' END,
       now(), NOT is_failed, CASE WHEN NOT is_failed THEN 'CONSUMED' END
  FROM large,
       (SELECT message_id, subscription, hashtext(message_id::text) % 100 = 0 AS is_failed
          FROM delivery WHERE state = 'DEAD' ORDER BY message_id, subscription LIMIT 100000) item;

DROP TABLE death;
