/**
 * A message service in memory, for the tests of applications: the HTTP API of the real one at a loopback port, with its
 * limits, states and problems, but no database and no broker.
 *
 * <p>Producers are tested with {@link io.reliablemessage.test.SentMessages}, consumers with {@link
 * io.reliablemessage.test.ConsumerProbe}. Time passes when the test moves the {@link
 * io.reliablemessage.test.TestClock}.
 */
@NullMarked
package io.reliablemessage.test;

import org.jspecify.annotations.NullMarked;
