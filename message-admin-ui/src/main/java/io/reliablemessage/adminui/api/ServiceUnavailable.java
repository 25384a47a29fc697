package io.reliablemessage.adminui.api;

/** The service gave no answer, or none that can be used; what was asked of it may have happened. */
public final class ServiceUnavailable extends RuntimeException {

    ServiceUnavailable(String why, Throwable cause) {
        super(why, cause);
    }

    ServiceUnavailable(String why) {
        super(why);
    }
}
