/**
 * The PostgreSQL and the RabbitMQ that the tests run against: named by the environment, in
 * containers, local, or embedded.
 *
 * <p>They are started once per JVM, when first asked for, and end with it. Which they were is part of a test's
 * result, so every JVM leaves it in {@code target/infrastructure/}.
 */
@NullMarked
package io.reliablemessage.testing;

import org.jspecify.annotations.NullMarked;
