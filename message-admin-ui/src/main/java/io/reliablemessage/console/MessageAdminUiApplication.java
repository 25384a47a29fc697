package io.reliablemessage.console;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Starts the operators' console. */
@SpringBootApplication
public class MessageAdminUiApplication {

    private static final Logger log = LoggerFactory.getLogger(MessageAdminUiApplication.class);

    public static void main(String[] args) {
        application().run(args);
    }

    static SpringApplicationBuilder application() {
        // Its own config name, since the quickstart has all applications on one class path.
        return new SpringApplicationBuilder(MessageAdminUiApplication.class)
                .properties("spring.config.name=message-admin-ui");
    }

    @EventListener(ApplicationReadyEvent.class)
    void sayWhatItIsFor() {
        log.info("The console is for operators to look after messages; this version has a start page only");
    }
}
