package io.reliablemessage.adminapi.message;

import java.util.Map;

/**
 * What a message holds.
 *
 * @param headers the producer's own
 * @param payload base64 of its bytes
 */
public record ContentView(String id, String contentType, Map<String, String> headers, String payload) {}
