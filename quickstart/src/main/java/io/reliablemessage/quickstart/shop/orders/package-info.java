/**
 * Takes orders and announces each by a message: both or neither.
 *
 * <p>The surprising thing: after a failed commit it says nothing. Nobody can know then whether the order
 * is there, and a cancel might contradict it; the message stays undecided until the message service asks,
 * and the database answers.
 */
@NullMarked
package io.reliablemessage.quickstart.shop.orders;

import org.jspecify.annotations.NullMarked;
