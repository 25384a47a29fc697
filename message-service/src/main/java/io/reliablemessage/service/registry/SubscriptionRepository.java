package io.reliablemessage.service.registry;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface SubscriptionRepository extends Repository<Subscription, String> {

    Optional<Subscription> findById(String name);

    /** What is null is not asked. */
    @Query(nativeQuery = true, value = """
                    SELECT *
                      FROM subscription s
                     WHERE s.name > :after
                       AND (CAST(:name AS text) IS NULL OR s.name = CAST(:name AS text))
                       AND (CAST(:topic AS text) IS NULL OR s.topic = CAST(:topic AS text))
                       AND (CAST(:application AS text) IS NULL OR s.application = CAST(:application AS text))
                     ORDER BY s.name
                     LIMIT :limit
                    """)
    List<Subscription> page(
            @Nullable String name, @Nullable String topic, @Nullable String application, String after, int limit);

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
