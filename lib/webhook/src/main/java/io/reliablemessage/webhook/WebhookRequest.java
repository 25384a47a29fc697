package io.reliablemessage.webhook;

import java.time.Duration;
import java.util.Map;

/**
 * A finished, signed request.
 *
 * @param headers sent as they are
 * @param body sent as UTF-8, byte for byte
 * @param deadline for everything together: name look-up, connection, headers and body
 */
public record WebhookRequest(String url, Map<String, String> headers, String body, Duration deadline) {}
