SELECT id, bool_or(is_found) AS is_found, bool_or(place = 2000) AS is_end
  FROM (SELECT id, EXISTS (
                       SELECT FROM message m
                        WHERE m.id = d.id
                          AND m.created_at < :to
                          AND m.created_at < now() - :olderThan * interval '1 ms'
                          AND m.producer = :producer
                       OFFSET 0) AS is_found,
               row_number() OVER (ORDER BY id DESC) AS place
          FROM (SELECT message_id AS id, subscription, state, due_at, attempts
                  FROM delivery
                 WHERE message_id >= :first AND message_id < :beyond
                   AND message_id < uuid_floor(now() - :olderThan * interval '1 ms')
                   AND state = 'DEAD'
                 ORDER BY message_id DESC
                 FETCH FIRST 2000 ROWS WITH TIES) d) looked_at
 WHERE is_found OR place = 2000
 GROUP BY id
 ORDER BY id DESC
 LIMIT :limit + 2

-- of a message that is found:
-- WHERE d.state = 'DEAD'
