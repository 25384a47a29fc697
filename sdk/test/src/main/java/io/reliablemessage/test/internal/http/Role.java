package io.reliablemessage.test.internal.http;

/** What a key may be used for. */
public enum Role {
    PRODUCER,
    CONSUMER
}
