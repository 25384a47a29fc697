package io.reliablemessage.quickstart.shop.orders;

import io.reliablemessage.api.ApplicationRequest;
import io.reliablemessage.api.ApplicationView;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.api.TopicView;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.quickstart.shop.Registration;
import io.reliablemessage.quickstart.shop.ShopDatabase;
import io.reliablemessage.quickstart.shop.ShopProperties;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OrdersConfiguration {

    @Bean
    ShopDatabase ordersDatabase(ShopProperties shop) {
        return ShopDatabase.open(shop.orders().database(), "shop/orders.sql");
    }

    @Bean
    ReliableMessageClient ordersMessages(ShopProperties shop) {
        return shop.messagesFor(shop.orders().apiKey());
    }

    /** Registered at every start, like the topic below; repeating it is harmless. */
    @Bean
    ApplicationView whereOrdersAreAsked(
            ReliableMessageClient ordersMessages, ShopProperties shop, Registration registration) {
        var orders = shop.orders();
        var request = ApplicationRequest.builder()
                .checkUrl(orders.checkUrl())
                .checkSecret(orders.checkSecret())
                .build();
        return registration.untilAnswered(() -> ordersMessages.registerApplication(request));
    }

    @Bean
    TopicView orderPlaced(ReliableMessageClient ordersMessages, Registration registration) {
        var request =
                TopicRequest.builder().consumers(List.of("points", "stock")).build();
        return registration.untilAnswered(() -> ordersMessages.registerTopic(OrderPlaced.TOPIC, request));
    }
}
