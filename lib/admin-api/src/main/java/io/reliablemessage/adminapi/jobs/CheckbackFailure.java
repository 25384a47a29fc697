package io.reliablemessage.adminapi.jobs;

/** The reasons why a check-back has no answer. */
public enum CheckbackFailure {
    /** No connection, or it broke, or the response was not HTTP. */
    UNREACHABLE,
    /** Not finished within the deadline. */
    TIMEOUT,
    /** The answer was larger than 64 KiB. */
    TOO_LARGE,
    /** The name resolves to an address that must not be called. */
    FORBIDDEN_ADDRESS,
    /** The worker did not send it, and will not: it is stopping. */
    NOT_SENT
}
