package io.reliablemessage.adminapi.jobs;

/** Why a check-back brought no answer. */
public enum CheckbackFailure {
    /** No connection, or it broke, or what came was not HTTP. */
    UNREACHABLE,
    /** Not finished within the deadline. */
    TIMEOUT,
    /** The answer was larger than 64 KiB. */
    TOO_LARGE,
    /** The name leads to an address that must not be dialled. */
    FORBIDDEN_ADDRESS,
    /** The worker did not send it, and will not: it is stopping. */
    NOT_SENT
}
