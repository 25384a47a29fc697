package io.reliablemessage.quickstart.shop.stock;

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
class StockConfiguration {

    static final String SUBSCRIPTION = "stock";

    @Bean
    ShopDatabase stockDatabase(ShopProperties shop) {
        return ShopDatabase.open(shop.stock().database(), "shop/stock.sql");
    }

    @Bean
    ReliableMessageClient stockMessages(ShopProperties shop) {
        return shop.messagesFor(shop.stock().apiKey());
    }

    /** Registered at every start; the answer says which queue to listen on. */
    @Bean
    @DependsOn("orderPlaced") // a service of its own would register again until the topic is there
    SubscriptionView stockSubscription(
            ReliableMessageClient stockMessages, ShopProperties shop, Registration registration) {
        var terms = shop.stock();
        var request = SubscriptionRequest.builder("order.placed")
                .schedule(terms.schedule())
                .maxAttempts(terms.maxAttempts())
                .build();
        return registration.untilAnswered(() -> stockMessages.registerSubscription(SUBSCRIPTION, request));
    }
}
