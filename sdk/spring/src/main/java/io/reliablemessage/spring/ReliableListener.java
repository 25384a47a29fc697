package io.reliablemessage.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that handles the messages of a subscription: each message takes effect once, in a transaction of the
 * consumer's database.
 *
 * <p>The method returns nothing and takes the payload and, if it wants, a {@link MessageHead}, in any order. A {@code
 * byte[]} or {@code String} is the payload as it came; any other type is read from JSON. What it does in another database,
 * or in a transaction of its own (REQUIRES_NEW), is outside of the promise: a repetition repeats it.
 *
 * <p>It ends a message for good by throwing {@link BusinessRejection}. After any other exception its transaction is
 * rolled back, and the message comes again on the service's schedule.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ReliableListener {

    /** The producer's topic. */
    String topic();

    /** The name of the subscription, unique among all applications; never changed once it is in use. */
    String subscription();

    /** How many messages are handled at a time. */
    int concurrency() default 1;

    /** How many messages each of these threads may hold, the one in work included. */
    int prefetch() default 10;
}
