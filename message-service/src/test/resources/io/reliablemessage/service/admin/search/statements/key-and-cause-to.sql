SELECT id, bool_or(is_found) AS is_found, bool_or(place = 1000) AS is_end
  FROM (SELECT id, m.created_at < :to
               AND m.key = :key
               AND EXISTS (
                       SELECT FROM delivery d
                        WHERE d.message_id = m.id
                          AND cause_id = :cause AND state IN ('DEAD', 'REJECTED')
                       OFFSET 0) AS is_found,
               row_number() OVER (ORDER BY id DESC) AS place
          FROM (SELECT id, topic, producer, key, state, created_at, decision_due_at, check_attempts
                  FROM message
                 WHERE id >= :first AND id < :beyond
                   AND hashtext(key) = hashtext(:key)
                 ORDER BY id DESC
                 FETCH FIRST 1000 ROWS WITH TIES) m) looked_at
 WHERE is_found OR place = 1000
 GROUP BY id
 ORDER BY id DESC
 LIMIT :limit + 2

-- of a message that is found:
-- WHERE d.cause_id = :cause AND d.state IN ('DEAD', 'REJECTED')
