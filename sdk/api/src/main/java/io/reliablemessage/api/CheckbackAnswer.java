package io.reliablemessage.api;

import java.util.List;

/**
 * A producer's answer to a check-back, with status 200. A missing id counts as {@link CheckbackDecision#UNKNOWN}.
 *
 * @param decisions one for each message of the check-back
 */
public record CheckbackAnswer(List<Item> decisions) {

    public record Item(String id, CheckbackDecision decision) {}
}
