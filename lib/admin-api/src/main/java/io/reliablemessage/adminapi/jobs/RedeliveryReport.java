package io.reliablemessage.adminapi.jobs;

/**
 * The result of a {@code POST /jobs/redeliveries}.
 *
 * @param sent due deliveries handed to publishing
 * @param buried deliveries given up: their last attempt stayed unanswered
 * @param postponed due deliveries left as they are: they most likely still wait in their queue
 * @param more true: the call stopped at its limit, and more was due
 * @param brokerAvailable false: nothing was processed, because nothing could be sent
 */
public record RedeliveryReport(int sent, int buried, int postponed, boolean more, boolean brokerAvailable) {}
