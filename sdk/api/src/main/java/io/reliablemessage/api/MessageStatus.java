package io.reliablemessage.api;

/**
 * The state of a message after a prepare, a decision or a send.
 *
 * @param id the message
 * @param state see {@link MessageState}
 */
public record MessageStatus(String id, MessageState state) {}
