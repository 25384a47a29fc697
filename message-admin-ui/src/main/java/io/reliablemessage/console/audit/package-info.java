/** Who did what, and why. */
@NullMarked
package io.reliablemessage.console.audit;

import org.jspecify.annotations.NullMarked;
