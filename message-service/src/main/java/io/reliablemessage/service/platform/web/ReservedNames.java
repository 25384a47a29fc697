package io.reliablemessage.service.platform.web;

import java.util.Locale;
import java.util.Set;

/** Names that the service uses for itself: as an actor, and of the topic of its probes. */
public final class ReservedNames {

    private static final Set<String> ACTORS = Set.of("service", "check-back");
    private static final String TOPICS = "reliable-message.";

    private ReservedNames() {}

    /** In any case: people would not see the difference. */
    public static boolean contain(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return ACTORS.contains(lower) || lower.startsWith(TOPICS);
    }
}
