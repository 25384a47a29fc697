package io.reliablemessage.quickstart.shop;

import org.springframework.amqp.support.converter.JacksonJsonMessageConverter;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** The sample shop, on port 8085. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ShopApplication {

    public static final String CONFIG_NAME = "shop";

    public static void main(String[] args) {
        System.setProperty("spring.config.name", CONFIG_NAME);
        SpringApplication.run(ShopApplication.class, args);
    }

    @Bean
    JacksonJsonMessageConverter eventsAreJson(JsonMapper mapper) {
        return new JacksonJsonMessageConverter(mapper);
    }

    @Bean
    Registration registration() {
        return new Registration();
    }
}
