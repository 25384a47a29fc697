SELECT id, bool_or(is_found) AS is_found, bool_or(place = 2000) AS is_end
  FROM (SELECT id, m.decision_due_at < now() AS is_found,
               row_number() OVER (ORDER BY id DESC) AS place
          FROM (SELECT id, topic, producer, key, state, created_at, decision_due_at, check_attempts
                  FROM message
                 WHERE id >= :first AND id < :beyond
                   AND check_due_at IS NOT NULL
                 ORDER BY id DESC
                 FETCH FIRST 2000 ROWS WITH TIES) m) looked_at
 WHERE is_found OR place = 2000
 GROUP BY id
 ORDER BY id DESC
 LIMIT :limit + 2
;
SELECT id, bool_or(is_found) AS is_found, bool_or(place = 2000) AS is_end
  FROM (SELECT id, d.due_at < now() AS is_found,
               row_number() OVER (ORDER BY id DESC) AS place
          FROM (SELECT message_id AS id, subscription, state, due_at, attempts
                  FROM delivery
                 WHERE message_id >= :first AND message_id < :beyond
                   AND due_at IS NOT NULL
                 ORDER BY message_id DESC
                 FETCH FIRST 2000 ROWS WITH TIES) d) looked_at
 WHERE is_found OR place = 2000
 GROUP BY id
 ORDER BY id DESC
 LIMIT :limit + 2

-- of a message that is found:
-- WHERE d.due_at < now()
