/** Why messages die, what is said about it, and what can be done about all of one cause. */
@NullMarked
package io.reliablemessage.adminui.causes;

import org.jspecify.annotations.NullMarked;
