package io.reliablemessage.quickstart.shop.points;

import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.SubscriptionView;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.quickstart.shop.Registration;
import io.reliablemessage.quickstart.shop.ShopDatabase;
import io.reliablemessage.quickstart.shop.ShopProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

@Configuration(proxyBeanMethods = false)
class PointsConfiguration {

    static final String SUBSCRIPTION = "points";

    @Bean
    ShopDatabase pointsDatabase(ShopProperties shop) {
        return ShopDatabase.open(shop.points().database(), "shop/points.sql");
    }

    @Bean
    ReliableMessageClient pointsMessages(ShopProperties shop) {
        return shop.messagesFor(shop.points().apiKey());
    }

    /** Registered at every start; the answer says which queue to listen on. */
    @Bean
    @DependsOn("orderPlaced") // a service of its own would register again until the topic is there
    SubscriptionView pointsSubscription(
            ReliableMessageClient pointsMessages, ShopProperties shop, Registration registration) {
        var terms = shop.points();
        var request = SubscriptionRequest.builder("order.placed")
                .schedule(terms.schedule())
                .maxAttempts(terms.maxAttempts())
                .build();
        return registration.untilAnswered(() -> pointsMessages.registerSubscription(SUBSCRIPTION, request));
    }
}
