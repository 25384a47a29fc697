package io.reliablemessage.service.model;

/** The state of the producer's decision. */
public enum Decision {
    PENDING_CONFIRM,
    CONFIRMED,
    CANCELLED
}
