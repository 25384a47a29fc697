/** Who did what, and why. */
@NullMarked
package io.reliablemessage.adminui.audit;

import org.jspecify.annotations.NullMarked;
