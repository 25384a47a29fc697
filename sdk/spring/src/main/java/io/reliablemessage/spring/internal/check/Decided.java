package io.reliablemessage.spring.internal.check;

import io.reliablemessage.spring.internal.fence.Ruling;

/**
 * The answer about one message.
 *
 * @param id as it was asked
 */
public record Decided(String id, Ruling ruling) {}
