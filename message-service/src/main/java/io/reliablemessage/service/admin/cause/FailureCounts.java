package io.reliablemessage.service.admin.cause;

/** How many deliveries stand dead and rejected. */
public record FailureCounts(int dead, int rejected) {

    public static final FailureCounts NONE = new FailureCounts(0, 0);
}
