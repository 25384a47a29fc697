/**
 * Has unacknowledged deliveries sent again, and operators' operations taken further: a clock that calls
 * {@code POST /jobs/redeliveries} and {@code POST /jobs/operations}.
 *
 * <p>It holds no state, no policy and no secret but its API key. What is due, what is sent and what is given up is
 * decided by the service, so any number of replicas may run, and a crashed one costs nothing but its next call.
 */
@NullMarked
package io.reliablemessage.recovery;

import org.jspecify.annotations.NullMarked;
