/**
 * Sends messages to the broker's queues, after the commit that made them due. {@link
 * io.reliablemessage.service.publishing.Broker} is the port; {@code rabbit} implements it.
 *
 * <p>Nothing is written when a send succeeds: the claim counted it already. Only a send that is known to have failed
 * is given back, so an outage spends no attempts. What a crash leaves in doubt is found by its claims.
 */
@NullMarked
package io.reliablemessage.service.publishing;

import org.jspecify.annotations.NullMarked;
