package io.reliablemessage.quickstart.scenario;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClient;

/** The shop as its customers see it. */
final class Shop {

    /** The shop's answer to an order; no reason means that it is placed. */
    record Answer(
            int status, @Nullable String message, @Nullable String reason) {

        boolean isPlaced() {
            return status == 201;
        }

        String messageId() {
            if (message == null) {
                throw new ScenarioFailed("the shop answered " + status + " without a message: " + reason);
            }
            return message;
        }
    }

    private record AnswerBody(
            @Nullable String message, @Nullable String reason) {}

    private record OrderView(PlacedOrder order) {}

    record PlacedOrder(String number, String message, Instant placedAt) {}

    private record Account(List<Booking> bookings) {}

    private record Booking(String order, int points) {}

    private record Parcels(int parcels) {}

    private final RestClient http;

    Shop(URI address) {
        this.http = RestClient.create(address);
    }

    Answer place(String number, String customer, int amount, int points) {
        return ordering("/orders", number, customer, amount, points).exchangeForRequiredValue((request, response) -> {
            var body = Objects.requireNonNull(response.bodyTo(AnswerBody.class));
            return new Answer(response.getStatusCode().value(), body.message(), body.reason());
        });
    }

    /** The shop commits and dies: what its customer sees is a status. */
    int placeAndDie(String number, String customer, int amount, int points) {
        return ordering("/orders?dies=true", number, customer, amount, points)
                .exchangeForRequiredValue(
                        (request, response) -> response.getStatusCode().value());
    }

    private RestClient.RequestBodySpec ordering(String path, String number, String customer, int amount, int points) {
        return http.post()
                .uri(path)
                .body(Map.of("number", number, "customer", customer, "amount", amount, "points", points));
    }

    Optional<PlacedOrder> order(String number) {
        return http.get()
                .uri("/orders/{number}", number)
                .exchangeForRequiredValue(
                        (request, response) -> response.getStatusCode().is2xxSuccessful()
                                ? Optional.of(Objects.requireNonNull(response.bodyTo(OrderView.class))
                                        .order())
                                : Optional.empty());
    }

    /** The bookings of the points service for an order. */
    List<Integer> pointsBooked(String customer, String order) {
        return get("/points/{customer}", Account.class, customer).bookings().stream()
                .filter(booking -> booking.order().equals(order))
                .map(Booking::points)
                .toList();
    }

    int parcelsOf(String order) {
        return get("/stock/{order}", Parcels.class, order).parcels();
    }

    void beginPointsOutage() {
        http.put().uri("/points/outage").retrieve().toBodilessEntity();
    }

    void endPointsOutage() {
        http.delete().uri("/points/outage").retrieve().toBodilessEntity();
    }

    /** Makes the stock service fail on this order. */
    void breakStockFor(String order) {
        http.put().uri("/stock/defects/{order}", order).retrieve().toBodilessEntity();
    }

    void fixStockFor(String order) {
        http.delete().uri("/stock/defects/{order}", order).retrieve().toBodilessEntity();
    }

    private <T> T get(String path, Class<T> type, String name) {
        return Objects.requireNonNull(http.get().uri(path, name).retrieve().body(type));
    }
}
