/**
 * What Reliable Message promises, played on the sample shop and checked: each story is a class.
 *
 * <p>A story uses nothing but the shop's and the message service's public addresses, so what it tells anybody can see.
 */
@NullMarked
package io.reliablemessage.quickstart.scenario;

import org.jspecify.annotations.NullMarked;
