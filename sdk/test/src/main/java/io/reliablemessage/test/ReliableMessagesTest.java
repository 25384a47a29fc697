package io.reliablemessage.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A JUnit test class with an {@link InMemoryMessageService}: one for the class, which forgets its messages before each
 * test.
 *
 * <p>Constructors and methods may take as parameters an {@link InMemoryMessageService}, its {@link SentMessages} or
 * {@link TestClock}, and a {@link io.reliablemessage.client.ReliableMessageClient} of {@link #application}.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ReliableMessagesExtension.class)
public @interface ReliableMessagesTest {

    /** The application under test; it owns {@link #topics} and the client. */
    String application() default "application";

    /** Registered with a subscription of the same name each, so that messages are accepted. */
    String[] topics() default {};
}
