/**
 * The inbox: a row for each message that a subscription has handled, in the transaction of its handler.
 *
 * <p>Of two copies that are handled at once, the second waits for the transaction of the first: then it is a duplicate,
 * or, if the first rolled back, it is handled.
 */
@NullMarked
package io.reliablemessage.spring.internal.inbox;

import org.jspecify.annotations.NullMarked;
