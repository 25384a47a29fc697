/**
 * PostgreSQL and an AMQP 0-9-1 broker for a JVM that finds neither: real server binaries as child processes, and
 * Apache Qpid Broker-J inside.
 *
 * <p>Both listen on 127.0.0.1 only and ask for a generated password. PostgreSQL is as durable as an installed one,
 * and no way of ending the JVM, {@code kill -9} included, leaves it running. The broker keeps nothing.
 */
@NullMarked
package io.reliablemessage.embedded;

import org.jspecify.annotations.NullMarked;
