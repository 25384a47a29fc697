package io.reliablemessage.api;

/** What a producer knows about the local transaction behind a half message. */
public enum CheckbackDecision {
    /** It committed: the message goes out. */
    COMMITTED,
    /** It did not commit, and never can. */
    ROLLED_BACK,
    /** Not known now; ask again later. */
    UNKNOWN
}
