package io.reliablemessage.quickstart.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of the message service: applications, database, broker. */
record ServiceSettings(ApiKeys keys, Settings settings) {

    /** Auto-configurations of the other applications' libraries, which the message service's own jar does not have. */
    static final Map<String, String> LIKE_ITS_OWN_JAR = Map.of(
            "spring.autoconfigure.exclude",
            String.join(
                    ",",
                    "org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration",
                    "org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration",
                    "org.springframework.boot.security.oauth2.client.autoconfigure.servlet.OAuth2ClientWebSecurityAutoConfiguration",
                    "org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration",
                    "org.springframework.boot.restclient.autoconfigure.RestClientObservationAutoConfiguration",
                    "org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration",
                    "org.springframework.boot.restclient.autoconfigure.RestTemplateObservationAutoConfiguration",
                    "org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration",
                    "org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration",
                    "org.springframework.boot.http.client.autoconfigure.metrics.HttpClientMetricsAutoConfiguration",
                    "org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration"));

    Map<String, String> of(Postgres.Access ledger, Broker broker) {
        var all =
                new LinkedHashMap<>(keys.registry(settings.quickstart().ports().checkUrl()));
        all.put("message-service.registry.allowed-addresses", Ports.LOOPBACK + "/32");
        all.putAll(LIKE_ITS_OWN_JAR);
        all.put("message-service.publishing.allow-guest", "true"); // a RabbitMQ of one's own, as it was installed
        all.put("spring.datasource.hikari.maximum-pool-size", "8");
        all.put("spring.datasource.hikari.minimum-idle", "2");
        all.putAll(settings.arguments(List.of(ExternalPostgres.PREFIX)));
        all.put("spring.datasource.url", ledger.url());
        all.put("spring.datasource.username", ledger.username());
        all.put("spring.datasource.password", ledger.password());
        all.putAll(broker.settings());
        return all;
    }
}
