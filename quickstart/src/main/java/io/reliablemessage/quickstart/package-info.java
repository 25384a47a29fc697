/**
 * Everything in one JVM: PostgreSQL, a broker, the four applications, a sample shop and its stories.
 *
 * <p>What the user names (a PostgreSQL, a RabbitMQ) is used in place of the embedded part; then this is an
 * installation on one machine. The surprising thing: logging is set up here, once, and not by the applications.
 */
@NullMarked
package io.reliablemessage.quickstart;

import org.jspecify.annotations.NullMarked;
