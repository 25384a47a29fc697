/** Finding messages, and looking at one: what it waits for, what became of it, what it holds, what can be done. */
@NullMarked
package io.reliablemessage.adminui.messages;

import org.jspecify.annotations.NullMarked;
