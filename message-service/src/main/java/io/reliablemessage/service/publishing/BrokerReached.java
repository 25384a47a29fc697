package io.reliablemessage.service.publishing;

/** Publishing has a new connection. The broker may be a new, empty one: time to declare missing queues. */
public record BrokerReached() {}
