package io.reliablemessage.api;

/**
 * Names a message in the body of a confirm or a cancel.
 *
 * @param id the message
 */
public record MessageReference(String id) {}
