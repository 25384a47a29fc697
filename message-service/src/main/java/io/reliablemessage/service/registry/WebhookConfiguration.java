package io.reliablemessage.service.registry;

import io.reliablemessage.webhook.AddressRules;
import io.reliablemessage.webhook.WebhookSecrets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures calls to applications: allowed addresses, and keys that encrypt their secrets. */
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
