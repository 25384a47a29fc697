package io.reliablemessage.quickstart.launch;

import io.reliablemessage.webserver.OddRequests;
import io.reliablemessage.webserver.WebServerConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The shop's port answers odd requests as those of the other applications do. The sample itself needs only the SDK. */
@Configuration(proxyBeanMethods = false)
@Import(WebServerConfiguration.class)
class ShopServer {

    @Bean
    OddRequests oddRequests() {
        return new OddRequests();
    }
}
