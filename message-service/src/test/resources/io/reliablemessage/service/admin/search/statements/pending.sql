SELECT id, bool_or(is_found) AS is_found, bool_or(place = 10000) AS is_end
  FROM (SELECT id, true AS is_found,
               row_number() OVER (ORDER BY id DESC) AS place
          FROM (SELECT id, topic, producer, key, state, created_at, decision_due_at, check_attempts
                  FROM message
                 WHERE id >= :first AND id < :beyond
                   AND check_due_at IS NOT NULL
                 ORDER BY id DESC
                 FETCH FIRST 10000 ROWS WITH TIES) m) looked_at
 WHERE is_found OR place = 10000
 GROUP BY id
 ORDER BY id DESC
 LIMIT :limit + 2

-- of a message that is found:
-- WHERE true
