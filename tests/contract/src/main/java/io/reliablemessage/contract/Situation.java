package io.reliablemessage.contract;

/** Where a message stands when it is called about; a confirmed one by its only delivery. */
enum Situation {
    ABSENT,
    PENDING_CONFIRM,
    CANCELLED,
    SENDING,
    CONSUMED,
    REJECTED,
    DEAD,
    DISCARDED;

    boolean isConfirmed() {
        return compareTo(SENDING) >= 0;
    }

    /** The decision about it, as the table of messages names it. */
    String decision() {
        return isConfirmed() ? "CONFIRMED" : name();
    }
}
