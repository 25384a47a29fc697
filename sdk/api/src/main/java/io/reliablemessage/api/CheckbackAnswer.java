package io.reliablemessage.api;

import java.util.List;

/**
 * What a producer answers, with status 200. An id that is missing counts as {@link CheckbackDecision#UNKNOWN}.
 *
 * @param decisions one for each message that was asked about
 */
public record CheckbackAnswer(List<Item> decisions) {

    public record Item(String id, CheckbackDecision decision) {}
}
