package io.reliablemessage.service.admin.audit;

/** An operator's action: who acts, and why. */
public record OperatorAction(String actor, String reason) {}
