package io.reliablemessage.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.api.ProblemType;
import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.client.MessageProblemException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** How much an application may register. The real service's tests share applications, so it is not in the suite. */
class QuotaTest {

    private static final int QUOTA = 200;

    @Test
    void anApplicationRegistersNoMoreThanItsQuota() {
        try (var service = InMemoryMessageService.start()) {
            var shop = service.client("shop");
            var topic = TopicRequest.builder().build();
            var subscription = SubscriptionRequest.builder("topic-0").build();
            for (var number = 0; number < QUOTA; number++) {
                shop.registerTopic("topic-" + number, topic);
                shop.registerSubscription("sub-" + number, subscription);
            }

            refused(() -> shop.registerTopic("one-more", topic));
            refused(() -> shop.registerSubscription("one-more", subscription));

            shop.registerTopic("topic-7", topic);
            shop.registerSubscription("sub-7", subscription);
            service.client("rival").registerTopic("one-more", topic);
        }
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MessageProblemException.class,
                        problem -> assertThat(problem.type()).contains(ProblemType.QUOTA_REACHED));
    }
}
