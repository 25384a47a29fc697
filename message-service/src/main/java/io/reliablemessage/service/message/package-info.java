/** Shows one message to those it belongs to: its state, its timeline and its content. */
@NullMarked
package io.reliablemessage.service.message;

import org.jspecify.annotations.NullMarked;
