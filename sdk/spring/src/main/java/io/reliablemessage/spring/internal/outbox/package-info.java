/**
 * The rows of messages: written in the application's transactions, settled outside of them.
 *
 * <p>A row is the message. Whatever is sent for it, and however often, is made of the row alone, so that each repeat has
 * the content of the first.
 */
@NullMarked
package io.reliablemessage.spring.internal.outbox;

import org.jspecify.annotations.NullMarked;
