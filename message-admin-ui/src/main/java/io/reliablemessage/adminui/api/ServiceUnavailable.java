package io.reliablemessage.adminui.api;

/** The service gave no usable answer; the call may have taken effect. */
public final class ServiceUnavailable extends RuntimeException {

    public ServiceUnavailable(String why, Throwable cause) {
        super(why, cause);
    }

    ServiceUnavailable(String why) {
        super(why);
    }
}
