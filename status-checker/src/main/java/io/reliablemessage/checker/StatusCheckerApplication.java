package io.reliablemessage.checker;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the status checker. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class StatusCheckerApplication {

    public static void main(String[] args) {
        application().run(args);
    }

    static SpringApplicationBuilder application() {
        // Its own config name, since the quickstart has all applications on one class path.
        return new SpringApplicationBuilder(StatusCheckerApplication.class)
                .properties("spring.config.name=status-checker");
    }
}
