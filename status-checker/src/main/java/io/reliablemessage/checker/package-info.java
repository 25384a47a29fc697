/**
 * Will ask producers about half messages whose confirmation never came; this version starts and reports health only.
 *
 * <p>It will hold no state, no policy and no secret but its API key: the service leases it finished, signed requests,
 * it sends them and reports what it saw, and never names a target state.
 */
@NullMarked
package io.reliablemessage.checker;

import org.jspecify.annotations.NullMarked;
