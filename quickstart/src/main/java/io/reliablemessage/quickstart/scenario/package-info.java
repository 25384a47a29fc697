/**
 * Plays the promises of Reliable Message on the sample shop and checks them: each scenario is a class.
 *
 * <p>A scenario uses only the public addresses of the shop and the message service, so anybody can repeat it.
 */
@NullMarked
package io.reliablemessage.quickstart.scenario;

import org.jspecify.annotations.NullMarked;
