/**
 * Messages in Spring's transactions: {@code ReliableMessages.send} writes a row into the transaction of the caller, and
 * what has to happen before and after its commit happens here. {@code MessageConsumer} hands each message to its handler
 * in a transaction, so that it takes effect once.
 *
 * <p>No type of Spring Boot: the same classes run with Spring Framework 6.1 to 7.0. Types in {@code internal} packages are
 * no API.
 */
@NullMarked
package io.reliablemessage.spring;

import org.jspecify.annotations.NullMarked;
