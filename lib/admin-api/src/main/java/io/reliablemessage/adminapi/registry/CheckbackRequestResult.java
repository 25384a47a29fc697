package io.reliablemessage.adminapi.registry;

/**
 * What an application is asked about now because an operator wants it.
 *
 * @param application who is asked
 * @param due half messages beyond their time that wait for their turn to be asked about, up to 10,000
 * @param capped there may be more of them: repeat the call when these are answered
 */
public record CheckbackRequestResult(String application, int due, boolean capped) {}
