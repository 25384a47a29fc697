/** Why deliveries die or are refused. */
@NullMarked
package io.reliablemessage.adminapi.cause;

import org.jspecify.annotations.NullMarked;
