package io.reliablemessage.service.epoch;

/** The reason for which an epoch began; its name is stored. */
enum EpochCause {
    /** The ledger's first epoch. */
    INSTALLED,
    /** An operator reported a restore. */
    OPERATOR,
    /** PostgreSQL's system identifier or timeline changed. */
    SERVER_CHANGED,
    /** A replica no longer found what it had committed. */
    WENT_BACK
}
