/**
 * Configures {@code reliable-message-spring} in an application on Spring Boot: one dependency, and properties that begin
 * with {@code reliable-message}. Every bean gives way to one that the application defines itself.
 *
 * <p>The surprising thing: <b>this source is compiled twice</b>, on the oldest Boot 3 and the oldest Boot 4 that are
 * supported. What differs between them is in classes that exist once in each starter, under the same names.
 */
@NullMarked
package io.reliablemessage.spring.boot;

import org.jspecify.annotations.NullMarked;
