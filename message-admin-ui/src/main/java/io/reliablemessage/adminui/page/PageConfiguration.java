package io.reliablemessage.adminui.page;

import java.time.Duration;
import java.util.Objects;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.webjars.WebJarVersionLocator;

@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Preferences());
        registry.addInterceptor(new KnownParameters()).excludePathPatterns("/login"); // says itself how it went before
    }

    /** Serves our copies of the two libraries, and no other webjar of the class path. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        var webjars = new WebJarVersionLocator();
        for (var library : new String[] {"htmx.org", "chart.js"}) {
            var version = Objects.requireNonNull(webjars.version(library), library);
            registry.addResourceHandler("/lib/" + library + "/**")
                    .addResourceLocations(
                            "classpath:/META-INF/resources/webjars/%s/%s/dist/".formatted(library, version))
                    .setCacheControl(CacheControl.maxAge(Duration.ofDays(1)));
        }
    }
}
