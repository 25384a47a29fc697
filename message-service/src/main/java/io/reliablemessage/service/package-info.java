/**
 * Owns every message: the only writer of the ledger, the only publisher, and the home of every rule.
 *
 * <p>A feature owns its endpoints, its rules and its SQL: {@code intake}, {@code decision}, {@code acknowledgement},
 * {@code checkback}, {@code redelivery}, {@code message}, {@code retention}, {@code registry}. {@code admin} holds the
 * operators' features and uses the others; none of them uses {@code admin}. All stand on {@code model} (what several
 * features share), {@code publishing} (the broker) and {@code platform} (no word of the domain). {@code
 * ArchitectureTest} checks it.
 */
@NullMarked
package io.reliablemessage.service;

import org.jspecify.annotations.NullMarked;
