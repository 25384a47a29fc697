package io.reliablemessage.quickstart.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** The sample shop's calls, answered as text. */
record ShopFront(RestClient http) {

    static ShopFront of(QuickstartJvm quickstart) {
        return new ShopFront(RestClient.create(quickstart.address("shop")));
    }

    int place(String number, int amount) {
        return place(http.post().uri("/orders"), number, amount);
    }

    int placeInTrace(String number, String parent) {
        return place(http.post().uri("/orders").header("traceparent", parent), number, 100);
    }

    private static int place(RestClient.RequestBodySpec order, String number, int amount) {
        return order.contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("number", number, "customer", "ann", "amount", amount, "points", 10))
                .exchangeForRequiredValue(
                        (request, response) -> response.getStatusCode().value());
    }

    String get(String path) {
        return http.get()
                .uri(path)
                .exchangeForRequiredValue(
                        (request, response) -> new String(response.getBody().readAllBytes(), UTF_8));
    }
}
