package io.reliablemessage.quickstart.scenario;

import java.net.URI;

/** Where the stories take place. */
public record Addresses(URI messageService, URI shop) {}
