package io.reliablemessage.service.admin.audit;

/** Who acts, and why. */
public record OperatorAction(String actor, String reason) {}
