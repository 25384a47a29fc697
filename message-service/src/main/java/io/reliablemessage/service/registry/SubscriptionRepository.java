package io.reliablemessage.service.registry;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface SubscriptionRepository extends Repository<Subscription, String> {

    Optional<Subscription> findById(String name);

    /** Null matches everything. */
    @Query("""
            SELECT s
              FROM Subscription s
             WHERE s.name > :after
               AND (:name IS NULL OR s.name = :name)
               AND (:topic IS NULL OR s.topic = :topic)
               AND (:application IS NULL OR s.application = :application)
             ORDER BY s.name
            """)
    List<Subscription> page(
            @Nullable String name, @Nullable String topic, @Nullable String application, String after, Limit limit);

    List<Subscription> findByTopicInAndRetiredAtIsNullOrderByTopicAscNameAsc(Collection<String> topics);

    /** Queues that may still receive messages: a retired subscription's, too, as long as it has open deliveries. */
    @Query(nativeQuery = true, value = """
                    SELECT s.queue
                      FROM subscription s
                     WHERE s.kind = 'QUEUE'
                       AND (s.retired_at IS NULL
                            OR s.retired_at > now() - interval '1 day'
                            -- no EXISTS: the planner may answer it by reading all that is on its way
                            OR (SELECT true FROM delivery d
                                 WHERE d.subscription = s.name AND d.due_at <= 'infinity'
                                 ORDER BY d.due_at LIMIT 1))
                     ORDER BY s.queue
                    """)
    List<String> queuesInUse();
}
