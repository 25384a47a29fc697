package io.reliablemessage.api;

/** The producer's decision about the local transaction of a half message. */
public enum CheckbackDecision {
    /** It committed: the message is delivered. */
    COMMITTED,
    /** It did not commit, and never can. */
    ROLLED_BACK,
    /** Not known now; the service checks back again later. */
    UNKNOWN
}
