package io.reliablemessage.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.spring.MessageProducer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** An application with the starter, but without an address of the service. */
@SpringBootTest(
        classes = UnconfiguredShopTest.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.datasource.url=jdbc:h2:mem:unconfigured")
class UnconfiguredShopTest {

    private final Environment environment;
    private final ObjectProvider<MessageProducer> producer;

    @Autowired
    UnconfiguredShopTest(Environment environment, ObjectProvider<MessageProducer> producer) {
        this.environment = environment;
        this.producer = producer;
    }

    @Test
    void nothingIsConfigured() {
        assertThat(producer.getIfAvailable()).isNull();
    }

    @Test
    void itIsAsProtectedAsWithOne() throws Exception {
        var port = environment.getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders"))
                .timeout(Duration.ofSeconds(10))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Shop.OrderPage.class)
    static class Application {}
}
