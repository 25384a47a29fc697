package io.reliablemessage.service.platform.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a call that takes one object or an array; the handler's own types do not show the element's type. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OneOrMany {

    Class<?> takes();

    Class<?> answers();
}
