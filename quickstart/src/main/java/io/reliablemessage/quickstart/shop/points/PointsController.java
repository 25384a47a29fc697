package io.reliablemessage.quickstart.shop.points;

import io.reliablemessage.quickstart.shop.points.PointsStore.Booking;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PointsController {

    record Account(String customer, int points, List<Booking> bookings) {}

    private final PointsStore points;

    PointsController(PointsStore points) {
        this.points = points;
    }

    @GetMapping("/points/{customer}")
    Account account(@PathVariable String customer) {
        var bookings = points.of(customer);
        return new Account(customer, bookings.stream().mapToInt(Booking::points).sum(), bookings);
    }
}
