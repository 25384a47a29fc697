/** Topics, subscriptions, applications, keys and workers, as operators see and change them. */
@NullMarked
package io.reliablemessage.adminapi.registry;

import org.jspecify.annotations.NullMarked;
