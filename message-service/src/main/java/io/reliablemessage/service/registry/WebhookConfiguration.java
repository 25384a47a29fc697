package io.reliablemessage.service.registry;

import io.reliablemessage.webhook.AddressRules;
import io.reliablemessage.webhook.WebhookSecrets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The operator's part of calling applications: which addresses may be called, and what encrypts their secrets. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    AddressRules addressRules(RegistryProperties configured) {
        return new AddressRules(configured.allowedAddresses());
    }

    @Bean
    WebhookSecrets webhookSecrets(RegistryProperties configured) {
        return new WebhookSecrets(configured.secretKeys().stream()
                .map(key -> new WebhookSecrets.Key(key.id(), key.bytes()))
                .toList());
    }
}
