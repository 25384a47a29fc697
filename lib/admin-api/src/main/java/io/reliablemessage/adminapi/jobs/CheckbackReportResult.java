package io.reliablemessage.adminapi.jobs;

/**
 * What a report led to.
 *
 * @param confirmed messages confirmed by it
 * @param cancelled messages cancelled by it
 * @param undecided messages that stay as they are, and are asked about again
 * @param late the lease had ended: verdicts counted, everything else did not
 */
public record CheckbackReportResult(int confirmed, int cancelled, int undecided, boolean late) {}
