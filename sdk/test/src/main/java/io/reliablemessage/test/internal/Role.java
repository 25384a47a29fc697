package io.reliablemessage.test.internal;

/** What a key may be used for. */
public enum Role {
    PRODUCER,
    CONSUMER
}
