package io.reliablemessage.service.platform.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An object does one, an array does many; the handler's own types do not show of what. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OneOrMany {

    Class<?> takes();

    Class<?> answers();
}
