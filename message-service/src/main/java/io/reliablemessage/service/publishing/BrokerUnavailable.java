package io.reliablemessage.service.publishing;

/** The broker is out of reach, or refuses the request. */
public final class BrokerUnavailable extends RuntimeException {

    public BrokerUnavailable(String fact, Throwable cause) {
        super(fact, cause);
    }
}
