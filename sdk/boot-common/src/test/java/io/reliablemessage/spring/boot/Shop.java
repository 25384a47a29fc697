package io.reliablemessage.spring.boot;

import io.reliablemessage.spring.ReliableMessages;
import java.time.LocalDate;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application as its authors write it; Spring Security is there and not configured. */
@SpringBootConfiguration
@EnableAutoConfiguration
class Shop {

    record OrderPlaced(String orderNumber, LocalDate placedOn) {}

    @Bean
    Orders orders(JdbcTemplate database, ReliableMessages messages) {
        database.execute("CREATE TABLE IF NOT EXISTS shop_order (number VARCHAR(20) PRIMARY KEY)");
        return new Orders(database, messages);
    }

    static class Orders {

        private final JdbcTemplate database;
        private final ReliableMessages messages;

        Orders(JdbcTemplate database, ReliableMessages messages) {
            this.database = database;
            this.messages = messages;
        }

        @Transactional
        public String place(String number) {
            database.update("INSERT INTO shop_order (number) VALUES (?)", number);
            return messages.send("order.placed", number, new OrderPlaced(number, LocalDate.of(2026, 11, 30)));
        }
    }

    @RestController
    static class OrderPage {

        @GetMapping("/orders")
        String orders() {
            return "[]";
        }
    }
}
