/** Why deliveries die or are refused: groups, counts, trends and notes. */
@NullMarked
package io.reliablemessage.service.admin.cause;

import org.jspecify.annotations.NullMarked;
