package io.reliablemessage.spring;

import io.reliablemessage.api.CheckbackDecision;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a listener is called with. */
final class CheckedMessages implements ProducerListener {

    private final List<String> decisions = new CopyOnWriteArrayList<>();
    private final List<String> reasons = new CopyOnWriteArrayList<>();

    @Override
    public void checked(String id, CheckbackDecision decision, String reason) {
        decisions.add(id + " " + decision);
        reasons.add(reason);
    }

    List<String> decisions() {
        return decisions;
    }

    List<String> reasons() {
        return reasons;
    }
}
