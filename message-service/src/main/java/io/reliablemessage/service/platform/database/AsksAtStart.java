package io.reliablemessage.service.platform.database;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/**
 * A component that needs the database before the first call is served. It is left out of a training run ({@code
 * -Dspring.context.exit=onRefresh}), which fills the image's class cache where there is no database, and serves nothing.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnProperty(name = "spring.context.exit", havingValue = "never", matchIfMissing = true)
public @interface AsksAtStart {}
