package io.reliablemessage.spring.boot;

import io.reliablemessage.spring.MessageProducer;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** The address that the service asks at, in an application with Spring MVC. */
@AutoConfiguration(after = ReliableMessageAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBean({MessageProducer.class, ReliableMessageProperties.class})
@ConditionalOnProperty("reliable-message.check.secret")
public final class CheckEndpointAutoConfiguration {

    @Bean
    CheckHandler reliableMessageCheckHandler(MessageProducer producer) {
        return new CheckHandler(producer.checkEndpoint());
    }

    /** Before the controllers of the application, one of which may answer to everything. */
    @Bean
    SimpleUrlHandlerMapping reliableMessageCheckMapping(
            CheckHandler handler,
            ReliableMessageProperties properties,
            @Value("${server.servlet.context-path:}") String contextPath) {
        var path = CheckPath.within(contextPath, properties.check().path());
        return new SimpleUrlHandlerMapping(Map.of(path, handler), Ordered.HIGHEST_PRECEDENCE + 100);
    }

    /** The requests are signed. Never by a SecurityFilterChain, which would take the place of the application's. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebSecurityCustomizer.class)
    static class Security {

        @Bean
        WebSecurityCustomizer reliableMessageCheckExemption(ReliableMessageProperties properties) {
            var path = properties.check().path();
            return web -> web.ignoring()
                    .requestMatchers(request ->
                            HttpMethod.POST.matches(request.getMethod()) && path.equals(request.getRequestURI()));
        }
    }
}
