package io.reliablemessage.adminapi.jobs;

/**
 * What one {@code POST /jobs/operations} did.
 *
 * @param done deliveries that got their outcome
 * @param seen resent deliveries of which something new was seen
 * @param more true: the call stopped at its limit, and more could be done
 */
public record OperationsReport(int done, int seen, boolean more) {}
