/** One act on many messages: previewed, limited, watched, stopped. */
@NullMarked
package io.reliablemessage.adminui.operations;

import org.jspecify.annotations.NullMarked;
