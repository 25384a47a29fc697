package io.reliablemessage.recovery;

import io.reliablemessage.client.WorkerClient;
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
}
