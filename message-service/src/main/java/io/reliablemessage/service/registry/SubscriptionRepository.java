package io.reliablemessage.service.registry;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface SubscriptionRepository extends Repository<Subscription, String> {

    Optional<Subscription> findById(String name);

    /** Queues that may still get messages: a retired subscription's, too, as long as something is on its way to it. */
    @Query(nativeQuery = true, value = """
                    SELECT s.queue
                      FROM subscription s
                     WHERE s.kind = 'QUEUE'
                       AND (s.retired_at IS NULL
                            OR s.retired_at > now() - interval '1 day'
                            OR EXISTS (SELECT FROM delivery d WHERE d.subscription = s.name AND d.state = 'SENDING'))
                     ORDER BY s.queue
                    """)
    List<String> queuesInUse();
}
