-- finds nothing, so nothing is asked

-- of a message that is found:
-- WHERE d.cause_id = :cause AND d.state IN ('DEAD', 'REJECTED')
