package io.reliablemessage.adminui.causes;

import io.reliablemessage.adminapi.cause.CauseView;
import io.reliablemessage.adminui.page.Address;
import io.reliablemessage.adminui.page.Bars;

/** A cause, and where its messages and what can be done about them are. */
record Card(CauseView cause) {

    public Bars trend() {
        return Bars.of(cause.trend());
    }

    public Address messages() {
        return Address.of("/messages")
                .with("cause", cause.id())
                .with("subscription", cause.subscription())
                .with("state", cause.state())
                .with("window", "all");
    }

    public Address operation(String action) {
        return messages().at("/operations/new").with("action", action);
    }
}
