package io.reliablemessage.adminapi.message;

/**
 * The number of messages that a search would find.
 *
 * @param capped there may be more: counting ends at 10,000, or at the limit of messages that one call reads
 */
public record MessageCount(int count, boolean capped) {}
