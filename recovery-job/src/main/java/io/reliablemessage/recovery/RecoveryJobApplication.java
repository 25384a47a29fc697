package io.reliablemessage.recovery;

import io.reliablemessage.webserver.WebServerConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** Starts the recovery job. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import(WebServerConfiguration.class)
public class RecoveryJobApplication {

    public static void main(String[] args) {
        application().run(args);
    }

    static SpringApplicationBuilder application() {
        // Its own config name, since the quickstart has all applications on one class path.
        return new SpringApplicationBuilder(RecoveryJobApplication.class).properties("spring.config.name=recovery-job");
    }
}
