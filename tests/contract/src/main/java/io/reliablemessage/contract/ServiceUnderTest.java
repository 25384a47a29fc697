package io.reliablemessage.contract;

import io.reliablemessage.api.DeliveryState;

/** A service that the suite runs against. */
public interface ServiceUnderTest {

    /** The code of all forced rejections. */
    String REJECTION = "CLOSED";

    /** Such as {@code http://127.0.0.1:8080}. */
    String address();

    /** The API key of a caller. */
    String key(Caller caller);

    /** Puts a delivery that is on its way into another state. */
    void force(String id, String subscription, DeliveryState state);
}
