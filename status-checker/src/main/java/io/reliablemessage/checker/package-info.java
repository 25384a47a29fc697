/**
 * Checks back with producers about half messages that were not decided in time.
 *
 * <p>Holds no state, no policy and no secret but its API key: the service leases it finished, signed requests, it sends
 * them and reports the results, and never names a target state. It may be killed at any moment; that costs a lease.
 */
@NullMarked
package io.reliablemessage.checker;

import org.jspecify.annotations.NullMarked;
