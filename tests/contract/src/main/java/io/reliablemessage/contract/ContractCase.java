package io.reliablemessage.contract;

import java.util.function.Consumer;

/**
 * Something that a service has to do.
 *
 * @param steps calls and what is expected of their answers
 */
public record ContractCase(String name, Consumer<Session> steps) {}
