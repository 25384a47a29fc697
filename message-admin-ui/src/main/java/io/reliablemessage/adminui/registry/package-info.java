/** Topics, subscriptions and applications, and what operators say about them. */
@NullMarked
package io.reliablemessage.adminui.registry;

import org.jspecify.annotations.NullMarked;
