package io.reliablemessage.recovery;

import io.reliablemessage.webserver.OddRequests;
import io.reliablemessage.worker.ServiceAvailability;
import io.reliablemessage.worker.ServiceHealthIndicator;
import io.reliablemessage.worker.WorkerClient;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RecoveryJobConfiguration {

    @Bean
    WorkerClient workerClient(RecoveryJobProperties properties) {
        return WorkerClient.create(properties.client());
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    ServiceAvailability serviceContact(InstantSource clock) {
        return new ServiceAvailability(clock, "no redeliveries are sent");
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
