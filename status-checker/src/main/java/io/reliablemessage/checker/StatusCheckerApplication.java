package io.reliablemessage.checker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Starts the status checker. */
@SpringBootApplication
public class StatusCheckerApplication {

    private static final Logger log = LoggerFactory.getLogger(StatusCheckerApplication.class);

    public static void main(String[] args) {
        application().run(args);
    }

    static SpringApplicationBuilder application() {
        // Its own config name, since the quickstart has all applications on one class path.
        return new SpringApplicationBuilder(StatusCheckerApplication.class)
                .properties("spring.config.name=status-checker");
    }

    @EventListener(ApplicationReadyEvent.class)
    void sayWhatItIsFor() {
        log.info("The status checker will ask producers about half messages whose confirmation never came;"
                + " this version does not ask yet");
    }
}
