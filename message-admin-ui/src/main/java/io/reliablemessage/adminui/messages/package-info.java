/** Finds messages and shows one: its status, timeline, payload and available actions. */
@NullMarked
package io.reliablemessage.adminui.messages;

import org.jspecify.annotations.NullMarked;
