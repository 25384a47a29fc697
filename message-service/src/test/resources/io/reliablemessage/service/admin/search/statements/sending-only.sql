SELECT id, bool_or(is_found) AS is_found, bool_or(place = 10000) AS is_end
  FROM (SELECT id, true AS is_found,
               row_number() OVER (ORDER BY id DESC) AS place
          FROM (SELECT message_id AS id, subscription, state, due_at, attempts
                  FROM delivery
                 WHERE message_id >= :first AND message_id < :beyond
                   AND due_at IS NOT NULL
                 ORDER BY message_id DESC
                 FETCH FIRST 10000 ROWS WITH TIES) d) looked_at
 WHERE is_found OR place = 10000
 GROUP BY id
 ORDER BY id DESC
 LIMIT :limit + 2

-- of a message that is found:
-- WHERE d.state = 'SENDING'
