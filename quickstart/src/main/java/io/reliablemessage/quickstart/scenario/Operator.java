package io.reliablemessage.quickstart.scenario;

import java.net.URI;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** An operator, who calls the admin API. */
final class Operator {

    private final RestClient http;

    Operator(URI messageService, String apiKey) {
        this.http = RestClient.builder()
                .baseUrl(messageService)
                .defaultHeaders(headers -> headers.setBearerAuth(apiKey))
                .build();
    }

    void resend(String message, String subscription, String reason) {
        http.post()
                .uri("/admin/messages/{id}/resend", message)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("subscription", subscription, "reason", reason))
                .retrieve()
                .toBodilessEntity();
    }
}
