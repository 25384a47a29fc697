package io.reliablemessage.service.model;

/** What replicas do one at a time. The numbers are arbitrary, and the same in every replica. */
public enum AdvisoryLock {
    /** Days are made or dropped. */
    DAYS(7_245_019_630_142L),
    /** Counts of causes are changed; {@code drop_day} in SQL takes it, too. */
    CAUSE_COUNTS(7_245_019_630_143L),
    /** An epoch begins, or a replica writes its beat. */
    EPOCHS(7_245_019_630_144L);

    private final long number;

    AdvisoryLock(long number) {
        this.number = number;
    }

    /** For {@code pg_advisory_xact_lock}. */
    public long number() {
        return number;
    }
}
