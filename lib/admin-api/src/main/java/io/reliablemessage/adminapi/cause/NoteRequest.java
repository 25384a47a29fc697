package io.reliablemessage.adminapi.cause;

import org.jspecify.annotations.Nullable;

/**
 * An operator's note on a cause.
 *
 * @param text at most 500 bytes, replaces the note; none: removes it
 */
public record NoteRequest(@Nullable String text) {}
