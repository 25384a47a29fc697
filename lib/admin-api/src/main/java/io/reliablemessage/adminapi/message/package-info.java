/** Searching for messages, and what operators do to one of them. */
@NullMarked
package io.reliablemessage.adminapi.message;

import org.jspecify.annotations.NullMarked;
