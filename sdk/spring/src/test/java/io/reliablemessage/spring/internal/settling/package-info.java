/** Settling against real databases and the service in memory. */
@NullMarked
package io.reliablemessage.spring.internal.settling;

import org.jspecify.annotations.NullMarked;
