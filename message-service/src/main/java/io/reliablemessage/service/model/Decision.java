package io.reliablemessage.service.model;

/** Where the producer's decision about a message stands. */
public enum Decision {
    PENDING_CONFIRM,
    CONFIRMED,
    CANCELLED
}
