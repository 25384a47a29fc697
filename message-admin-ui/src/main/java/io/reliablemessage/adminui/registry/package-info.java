/** Shows topics, subscriptions and applications, and the operators' actions on them. */
@NullMarked
package io.reliablemessage.adminui.registry;

import org.jspecify.annotations.NullMarked;
