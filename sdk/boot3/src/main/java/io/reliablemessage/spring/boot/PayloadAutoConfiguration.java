package io.reliablemessage.spring.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.reliablemessage.client.PayloadWriter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Payloads are written by the application's own {@link ObjectMapper}. */
@AutoConfiguration(afterName = "org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration")
@ConditionalOnClass(ObjectMapper.class)
public final class PayloadAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(ObjectMapper.class)
    PayloadWriter reliableMessagePayloads(ObjectMapper mapper) {
        return mapper::writeValueAsString;
    }
}
