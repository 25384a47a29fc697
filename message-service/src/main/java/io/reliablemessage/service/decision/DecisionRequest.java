package io.reliablemessage.service.decision;

import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.MessageTransition;

/**
 * Somebody decides about a message.
 *
 * @param producer whose message it has to be
 * @param actor who is written down as having decided
 */
public record DecisionRequest(MessageId id, String producer, String actor, MessageTransition transition) {}
