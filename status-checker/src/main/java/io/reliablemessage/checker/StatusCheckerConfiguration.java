package io.reliablemessage.checker;

import io.reliablemessage.webhook.AddressRules;
import io.reliablemessage.webhook.WebhookClient;
import io.reliablemessage.webserver.OddRequests;
import io.reliablemessage.worker.ServiceAvailability;
import io.reliablemessage.worker.ServiceHealthIndicator;
import io.reliablemessage.worker.WorkerClient;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StatusCheckerConfiguration {

    @Bean
    WorkerClient workerClient(StatusCheckerProperties properties) {
        return WorkerClient.create(properties.client());
    }

    @Bean
    WebhookClient webhookClient(StatusCheckerProperties properties) {
        return new WebhookClient(new AddressRules(properties.allowedAddresses()), properties.parallel());
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    ServiceAvailability serviceContact(InstantSource clock) {
        return new ServiceAvailability(clock, "no check-backs are made");
    }

    @Bean("service")
    ServiceHealthIndicator serviceHealth(ServiceAvailability contact) {
        return new ServiceHealthIndicator(contact);
    }

    @Bean
    OddRequests oddRequests() {
        return new OddRequests();
    }
}
