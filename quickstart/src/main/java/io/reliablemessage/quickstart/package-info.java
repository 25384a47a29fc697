/**
 * Everything in one JVM: {@code launch} starts PostgreSQL, a broker and the four applications; {@code shop} is the sample
 * that uses them; {@code scenario} plays its scenarios.
 *
 * <p>What the user names (a PostgreSQL, a RabbitMQ) is used in place of the embedded part; then this is an
 * installation on one machine.
 */
@NullMarked
package io.reliablemessage.quickstart;

import org.jspecify.annotations.NullMarked;
