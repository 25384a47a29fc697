package io.reliablemessage.adminapi.jobs;

/**
 * What one {@code POST /jobs/redeliveries} did.
 *
 * @param sent due deliveries taken up and handed to publishing
 * @param buried deliveries given up: their last attempt stayed unanswered
 * @param postponed due deliveries left as they are: they most likely still wait in their queue
 * @param more true: the call stopped at its limit, and more was due
 * @param brokerAvailable false: nothing was looked at, because nothing could have been sent
 */
public record RedeliveryReport(int sent, int buried, int postponed, boolean more, boolean brokerAvailable) {}
