package io.reliablemessage.webserver;

import jakarta.servlet.Filter;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Imported by each application. */
@Configuration(proxyBeanMethods = false)
public class WebServerConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> requestTimeLimit() {
        return server -> server.setProtocol(TimeLimitedProtocol.class.getName());
    }

    @Bean
    Filter plainRequests() {
        return new PlainRequests();
    }

    @Bean
    Filter decodableParameters() {
        return new DecodableParameters();
    }
}
