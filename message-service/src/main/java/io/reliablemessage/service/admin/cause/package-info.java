/** Groups dead and rejected deliveries by cause: counts, trends and notes. */
@NullMarked
package io.reliablemessage.service.admin.cause;

import org.jspecify.annotations.NullMarked;
