package io.reliablemessage.recovery;

import io.reliablemessage.worker.ServiceContact;
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
    ServiceContact serviceContact(InstantSource clock) {
        return new ServiceContact(clock, "nothing is sent again");
    }

    @Bean("service")
    ServiceHealthIndicator serviceHealth(ServiceContact contact) {
        return new ServiceHealthIndicator(contact);
    }
}
