package io.reliablemessage.spring.boot;

import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * What health says of the producer. Always UP: while the service is away, the application works on, and nobody helps it
 * by taking it out of service.
 */
@AutoConfiguration(after = ReliableMessageAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(ProducerStatus.class)
@ConditionalOnEnabledHealthIndicator("reliable-message")
public final class HealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "reliableMessageHealthIndicator")
    HealthIndicator reliableMessageHealthIndicator(ProducerStatus status) {
        return () -> Health.up().withDetails(status.details()).build();
    }
}
