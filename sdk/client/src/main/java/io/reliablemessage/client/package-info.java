/**
 * A typed client of the service: one method per call, one message per call, every failure an exception with a remedy.
 * Calls made at the same time share requests, which callers notice only by the speed.
 *
 * <p>What a caller must handle differently is a type of its own: {@link
 * io.reliablemessage.client.TransitionRefusedException} (somebody decided otherwise), {@link
 * io.reliablemessage.client.MessageNotFoundException} (final), {@link
 * io.reliablemessage.client.ServiceUnavailableException} (the outcome is unknown; repeat the call). All others are a
 * plain {@link io.reliablemessage.client.MessageProblemException}: repeating cannot help. The client repeats what got no
 * answer, or 503 with {@code Retry-After}, as long as the call has time, and an array that was refused as a whole (item
 * by item, so that each gets its own answer). It follows no redirect and logs nothing.
 *
 * <p>It stands on the JDK's HTTP client and on Jackson, 3 or 2, whichever the application has.
 *
 * <p>The surprising thing: <b>a state this version does not know reads as null</b>. The service may be newer than its
 * clients, and a confirm that succeeded must not look like one that failed because a word in its answer is new. A 2xx
 * answer that is otherwise not what the contract says (a proxy's login page) is a {@code ServiceUnavailableException}:
 * the outcome is unknown.
 */
@NullMarked
package io.reliablemessage.client;

import org.jspecify.annotations.NullMarked;
