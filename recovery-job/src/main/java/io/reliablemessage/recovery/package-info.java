/**
 * Triggers redelivery and operators' operations: a clock that calls {@code POST /jobs/redeliveries} and {@code POST
 * /jobs/operations}.
 *
 * <p>It holds no state, no policy and no secret but its API key. The service decides what is due, sent and given up, so
 * any number of replicas may run, and a crashed one costs nothing but its next call.
 */
@NullMarked
package io.reliablemessage.recovery;

import org.jspecify.annotations.NullMarked;
