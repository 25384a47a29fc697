package io.reliablemessage.quickstart.story;

import java.net.URI;

/** Where the stories take place. */
public record Addresses(URI messageService, URI shop) {}
