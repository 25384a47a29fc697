package io.reliablemessage.service.platform.database;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.SpringProperties;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * A component that needs the database before the first call is served. It is left out of a training run
 * ({@code -Dspring.context.exit=onRefresh}), which fills the image's class cache where there is no
 * database, and serves nothing.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(NeedsDatabaseAtStartup.UnlessItEndsThere.class)
public @interface NeedsDatabaseAtStartup {

    /**
     * Reads the property where Spring reads it. A setting or an environment variable of that name does not end the run,
     * so it does not count.
     */
    class UnlessItEndsThere implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !DefaultLifecycleProcessor.ON_REFRESH_VALUE.equalsIgnoreCase(
                    SpringProperties.getProperty(DefaultLifecycleProcessor.EXIT_PROPERTY_NAME));
        }
    }
}
