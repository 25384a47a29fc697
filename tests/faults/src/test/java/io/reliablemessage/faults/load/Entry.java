package io.reliablemessage.faults.load;

import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** One caller's plan for a message, and the answers it got. Written by the caller only. */
public final class Entry {

    /** In place of a state: the ledger does not know the message. */
    static final String ABSENT = "ABSENT";

    enum Plan {
        CONFIRM("CONSUMED"),
        CANCEL("CANCELLED"),
        /** The caller dies before it decides. */
        LEAVE("PENDING_CONFIRM");

        private final String end;

        Plan(String end) {
            this.end = end;
        }
    }

    private static final String PENDING = "PENDING_CONFIRM";

    private final String id;
    private final Plan plan;
    private final boolean isRepeating;
    private volatile boolean isPrepared;
    private volatile boolean isDecided;

    private Entry(String id, Plan plan, boolean isRepeating) {
        this.id = id;
        this.plan = plan;
        this.isRepeating = isRepeating;
    }

    /** Most are confirmed, by callers that repeat a call until its answer is clear. */
    static Entry any(String id) {
        var random = ThreadLocalRandom.current();
        var plan = random.nextInt(20) == 0 ? Plan.LEAVE : random.nextInt(10) == 0 ? Plan.CANCEL : Plan.CONFIRM;
        return new Entry(id, plan, random.nextInt(10) > 0);
    }

    String id() {
        return id;
    }

    Plan plan() {
        return plan;
    }

    /** Whether the caller repeats calls without a clear answer. */
    boolean isRepeating() {
        return isRepeating;
    }

    void prepared() {
        isPrepared = true;
    }

    void decided() {
        isDecided = true;
    }

    boolean isPrepared() {
        return isPrepared;
    }

    boolean isConfirmed() {
        return isDecided && plan == Plan.CONFIRM;
    }

    /** The states in which the message may end, given its caller's answers. */
    Set<String> possibleEnds() {
        if (!isPrepared) {
            return Set.of(ABSENT, PENDING);
        }
        return isDecided || plan == Plan.LEAVE ? Set.of(plan.end) : Set.of(PENDING, plan.end);
    }
}
