package io.reliablemessage.service.message;

/** Who acts, and why. */
public record OperatorAction(String actor, String reason) {}
