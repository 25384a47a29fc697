package io.reliablemessage.quickstart.scenario;

import java.net.URI;

/** The addresses that the scenarios use. */
public record Addresses(URI messageService, URI shop) {}
