package io.reliablemessage.adminui.causes;

import io.reliablemessage.adminapi.cause.CauseView;
import io.reliablemessage.adminui.page.Bars;
import io.reliablemessage.adminui.page.PageUrl;

/** A cause with the links to its messages and actions. */
record CauseCard(CauseView cause) {

    public Bars trend() {
        return Bars.of(cause.trend());
    }

    public PageUrl messages() {
        return PageUrl.of("/messages")
                .with("cause", cause.id())
                .with("subscription", cause.subscription())
                .with("state", cause.state())
                .with("window", "all");
    }

    public PageUrl operation(String action) {
        return messages().at("/operations/new").with("action", action);
    }
}
