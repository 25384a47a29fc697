package io.reliablemessage.quickstart.shop.stock;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** For the scenarios: a bug that occurs with some orders only, every time. A restart removes it. */
@RestController
@RequestMapping("/stock/defects/{order}")
class Defects {

    /** The order cannot be packed. */
    static final class Defect extends RuntimeException {
        Defect(String order) {
            super("cannot pack order " + order);
        }
    }

    private final Set<String> orders = ConcurrentHashMap.newKeySet();

    /** Throws if the order is one of these. */
    void strike(String order) {
        if (orders.contains(order)) {
            throw new Defect(order);
        }
    }

    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void add(@PathVariable String order) {
        orders.add(order);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void mend(@PathVariable String order) {
        orders.remove(order);
    }
}
