/** Causes of dead and rejected deliveries. */
@NullMarked
package io.reliablemessage.adminapi.cause;

import org.jspecify.annotations.NullMarked;
