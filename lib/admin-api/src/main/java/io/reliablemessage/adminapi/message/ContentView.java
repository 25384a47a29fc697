package io.reliablemessage.adminapi.message;

import java.util.Map;

/**
 * The content of a message.
 *
 * @param headers the producer's own
 * @param payload base64 of its bytes
 */
public record ContentView(String id, String contentType, Map<String, String> headers, String payload) {}
