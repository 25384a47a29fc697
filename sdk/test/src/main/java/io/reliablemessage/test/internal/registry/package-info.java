/**
 * Applications, topics and subscriptions. They stay when messages are forgotten.
 */
@NullMarked
package io.reliablemessage.test.internal.registry;

import org.jspecify.annotations.NullMarked;
