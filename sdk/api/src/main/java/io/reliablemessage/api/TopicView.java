package io.reliablemessage.api;

import java.time.Duration;
import java.util.List;

/**
 * A registered topic.
 *
 * @param application the producer it belongs to
 */
public record TopicView(String name, String application, List<String> consumers, Duration checkAfter) {}
