package io.reliablemessage.recovery;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the recovery job. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class RecoveryJobApplication {

    public static void main(String[] args) {
        application().run(args);
    }

    static SpringApplicationBuilder application() {
        // Its own config name, since the quickstart has all applications on one class path.
        return new SpringApplicationBuilder(RecoveryJobApplication.class).properties("spring.config.name=recovery-job");
    }
}
