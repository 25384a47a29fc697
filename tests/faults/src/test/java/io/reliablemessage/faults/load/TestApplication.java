package io.reliablemessage.faults.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The applications that take part, and their keys. */
public enum TestApplication {
    SHOP("PRODUCER"),
    POINTS("CONSUMER"),
    OPERATIONS("WORKER"),
    LEAD("VIEWER,LEAD");

    private final String role;

    TestApplication(String role) {
        this.role = role;
    }

    public String application() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String key() {
        return "%s-%s".formatted(application(), "0123456789abcdefghijklmnopqrstuvwxyz");
    }

    /** The service's settings for them. */
    public static Map<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        var number = 0;
        for (var party : values()) {
            var at = "message-service.registry.applications[%d].".formatted(number++);
            settings.put(at + "name", party.application());
            settings.put(at + "keys[0].value", party.key());
            settings.put(at + "keys[0].roles", party.role);
        }
        return settings;
    }
}
