package io.reliablemessage.adminapi.message;

/**
 * How many messages a search would find.
 *
 * @param capped there may be more: counting ends at 10,000, or where one call has looked at enough messages
 */
public record MessageCount(int count, boolean capped) {}
