package io.reliablemessage.test.internal.registry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A registered topic. */
public record Topic(String name, String application, List<String> consumers, Duration checkAfter) {

    boolean admits(String consumer) {
        return application.equals(consumer) || consumers.contains(consumer);
    }

    Map<String, Object> view() {
        var view = new LinkedHashMap<String, Object>();
        view.put("name", name);
        view.put("application", application);
        view.put("consumers", consumers);
        view.put("checkAfter", checkAfter);
        return view;
    }
}
