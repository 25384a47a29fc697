package io.reliablemessage.quickstart.shop.stock;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class StockController {

    record Parcels(String order, int parcels) {}

    private final StockStore stock;

    StockController(StockStore stock) {
        this.stock = stock;
    }

    @GetMapping("/stock/{order}")
    Parcels parcels(@PathVariable String order) {
        return new Parcels(order, stock.parcelsOf(order));
    }
}
