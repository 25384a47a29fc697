/**
 * Everything in one JVM: {@code launch} starts PostgreSQL, a broker and the four applications; {@code shop} is the
 * sample that uses them; {@code scenario} plays its scenarios.
 *
 * <p>A PostgreSQL or RabbitMQ that the user names replaces the embedded one; then this is an installation on one
 * machine.
 */
@NullMarked
package io.reliablemessage.quickstart;

import org.jspecify.annotations.NullMarked;
