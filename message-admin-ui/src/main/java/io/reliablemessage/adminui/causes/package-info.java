/** Shows the causes of failures with notes, and actions on all deliveries of a cause. */
@NullMarked
package io.reliablemessage.adminui.causes;

import org.jspecify.annotations.NullMarked;
