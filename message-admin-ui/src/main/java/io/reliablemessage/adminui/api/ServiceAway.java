package io.reliablemessage.adminui.api;

/** The service gave no answer, or none that can be used; what was asked of it may have happened. */
public final class ServiceAway extends RuntimeException {

    ServiceAway(String why, Throwable cause) {
        super(why, cause);
    }

    ServiceAway(String why) {
        super(why);
    }
}
