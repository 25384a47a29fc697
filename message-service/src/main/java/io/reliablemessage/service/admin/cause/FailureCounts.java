package io.reliablemessage.service.admin.cause;

/** The numbers of dead and rejected deliveries. */
public record FailureCounts(int dead, int rejected) {

    public static final FailureCounts NONE = new FailureCounts(0, 0);
}
