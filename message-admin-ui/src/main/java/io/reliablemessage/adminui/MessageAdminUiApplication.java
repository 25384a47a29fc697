package io.reliablemessage.adminui;

import io.reliablemessage.webserver.WebServerConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Starts the operators' console. */
@SpringBootApplication
@EnableConfigurationProperties(ConsoleProperties.class)
@Import(WebServerConfiguration.class)
public class MessageAdminUiApplication {

    public static void main(String[] args) {
        application().run(args);
    }

    static SpringApplicationBuilder application() {
        // Its own config name, since the quickstart has all applications on one class path.
        return new SpringApplicationBuilder(MessageAdminUiApplication.class)
                .properties("spring.config.name=message-admin-ui");
    }
}
