/**
 * From a subscription's queue to its handler, and from the handler's end to the broker and the service.
 *
 * <p>The broker gets one ack for every message once its transaction has ended, however it ended, and never waits for the
 * service. Only the answer to the service differs; where there is none, the service sends the message again on its
 * schedule.
 */
@NullMarked
package io.reliablemessage.spring.internal.listening;

import org.jspecify.annotations.NullMarked;
