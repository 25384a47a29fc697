package io.reliablemessage.adminapi.jobs;

/**
 * The result of a {@code POST /jobs/operations}.
 *
 * @param done deliveries that got their outcome
 * @param seen resent deliveries with a new result
 * @param more true: the call stopped at its limit, and more could be done
 */
public record OperationsReport(int done, int seen, boolean more) {}
