package io.reliablemessage.service.decision;

import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.MessageTransition;

/**
 * A request to decide a message.
 *
 * @param producer that must own the message
 * @param actor who is recorded as having decided
 */
public record DecisionRequest(MessageId id, String producer, String actor, MessageTransition transition) {}
