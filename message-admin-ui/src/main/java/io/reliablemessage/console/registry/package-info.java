/** Topics, subscriptions and applications, and what operators say about them. */
@NullMarked
package io.reliablemessage.console.registry;

import org.jspecify.annotations.NullMarked;
