package io.reliablemessage.adminapi.jobs;

/**
 * The effect of a report.
 *
 * @param confirmed messages confirmed by it
 * @param cancelled messages cancelled by it
 * @param undecided messages that stay undecided, with another check-back later
 * @param late the lease had ended: verdicts counted, everything else did not
 */
public record CheckbackReportResult(int confirmed, int cancelled, int undecided, boolean late) {}
