/**
 * Takes orders and announces each by a message: both or neither.
 *
 * <p>The surprising thing: after a failed commit it decides nothing. The order may or may not be there, and a cancel
 * might contradict it; the message stays undecided until the message service checks back, and the database answers.
 */
@NullMarked
package io.reliablemessage.quickstart.shop.orders;

import org.jspecify.annotations.NullMarked;
