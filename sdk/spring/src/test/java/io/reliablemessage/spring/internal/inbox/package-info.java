/** The inbox against real databases. */
@NullMarked
package io.reliablemessage.spring.internal.inbox;

import org.jspecify.annotations.NullMarked;
