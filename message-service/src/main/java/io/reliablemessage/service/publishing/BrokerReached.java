package io.reliablemessage.service.publishing;

/**
 * Publishing has a channel again. The broker behind it may be a new one that knows nothing: time to
 * declare what is missing.
 */
public record BrokerReached() {}
