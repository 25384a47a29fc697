/**
 * Puts messages into the broker's queues, after the commit that made them due; the only package that knows RabbitMQ.
 *
 * <p>Nothing is written when a send succeeds: the claim counted it already. Only what is known not to have happened
 * is given back, so an outage spends no attempts, and a crash spends at most the one in flight.
 */
@NullMarked
package io.reliablemessage.service.publishing;

import org.jspecify.annotations.NullMarked;
