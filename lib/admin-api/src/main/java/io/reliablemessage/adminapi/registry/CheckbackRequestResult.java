package io.reliablemessage.adminapi.registry;

/**
 * The check-backs made due at an operator's request.
 *
 * @param application the application
 * @param due overdue half messages that are due for a check-back now, up to 10,000
 * @param capped there may be more: repeat the call when these are answered
 */
public record CheckbackRequestResult(String application, int due, boolean capped) {}
