package io.reliablemessage.service.epoch;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
class EpochConfiguration {

    /** Before the filters that refuse calls. */
    @Bean
    FilterRegistrationBean<EpochFilter> epochOfAnswersToProducers(EpochCache cache) {
        var filter = new FilterRegistrationBean<>(new EpochFilter(cache));
        filter.addUrlPatterns("/messages/*", "/application", "/topics/*", "/subscriptions/*", "/ledger");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }
}
