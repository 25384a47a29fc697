package io.reliablemessage.service;

import io.reliablemessage.webserver.WebServerConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Port 8080. */
// Callers have keys, not passwords: no user, no generated password.
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@ConfigurationPropertiesScan
@EnableScheduling
@Import(WebServerConfiguration.class)
public class MessageServiceApplication {

    public static void main(String[] args) {
        application().run(args);
    }

    /** The application with its own configuration name, so that it can share a class path with others. */
    public static SpringApplication application() {
        return new SpringApplicationBuilder(MessageServiceApplication.class)
                .properties("spring.config.name=message-service")
                .build();
    }
}
