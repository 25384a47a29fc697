package io.reliablemessage.checker;

import io.reliablemessage.webserver.WebServerConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** Starts the status checker. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import(WebServerConfiguration.class)
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
