/** Topics, subscriptions, applications, keys and workers for operators. */
@NullMarked
package io.reliablemessage.adminapi.registry;

import org.jspecify.annotations.NullMarked;
