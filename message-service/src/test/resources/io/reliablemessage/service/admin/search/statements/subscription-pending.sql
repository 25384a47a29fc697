-- finds nothing, so nothing is asked

-- of a message that is found:
-- WHERE d.subscription = :subscription
