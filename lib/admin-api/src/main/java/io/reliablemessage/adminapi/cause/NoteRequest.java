package io.reliablemessage.adminapi.cause;

import org.jspecify.annotations.Nullable;

/**
 * An operator says something about a cause, for the others.
 *
 * @param text at most 500 bytes, in place of what was said before; none: nothing is to be said any more
 */
public record NoteRequest(@Nullable String text) {}
