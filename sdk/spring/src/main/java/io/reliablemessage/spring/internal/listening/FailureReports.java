package io.reliablemessage.spring.internal.listening;

import io.reliablemessage.spring.MessageHead;

/** Takes failed attempts, so that the service can group them by cause. Must not block. */
@FunctionalInterface
public interface FailureReports {

    /** The service has no call for it yet. */
    FailureReports NONE = (head, cause) -> {};

    void report(MessageHead head, Throwable cause);
}
