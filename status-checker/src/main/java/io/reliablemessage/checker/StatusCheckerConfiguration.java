package io.reliablemessage.checker;

import io.reliablemessage.api.address.AddressRules;
import io.reliablemessage.client.WorkerClient;
import io.reliablemessage.worker.ServiceContact;
import io.reliablemessage.worker.ServiceHealthIndicator;
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
    OutboundClient outboundClient(StatusCheckerProperties properties) {
        return new OutboundClient(new AddressRules(properties.allowedAddresses()), properties.parallel());
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    ServiceContact serviceContact(InstantSource clock) {
        return new ServiceContact(clock, "no producer is asked");
    }

    @Bean("service")
    ServiceHealthIndicator serviceHealth(ServiceContact contact) {
        return new ServiceHealthIndicator(contact);
    }
}
