package io.reliablemessage.service;

import java.util.Locale;

/** API keys of every tested service. Each application has one; {@code shop} owns the tests' topics. */
public enum Key {
    PRODUCER("shop", "PRODUCER"),
    OTHER_PRODUCER("rival", "PRODUCER"),
    CONSUMER("points", "CONSUMER"),
    OTHER_CONSUMER("stranger", "CONSUMER"),
    WORKER("operations", "WORKER"),
    CONSOLE("console", "CONSOLE"),
    EVERYTHING("giant", "PRODUCER,CONSUMER,WORKER,VIEWER,OPERATOR,LEAD,ADMIN"),
    NOTHING("auditor", "VIEWER"),
    EXPIRED("shop", "PRODUCER,CONSUMER,WORKER");

    private final String application;
    private final String roles;

    Key(String application, String roles) {
        this.application = application;
        this.roles = roles;
    }

    public String application() {
        return application;
    }

    public String value() {
        return "%s-%s".formatted(name().toLowerCase(Locale.ROOT), "0123456789abcdefghijklmnopqrstuvwxyz");
    }

    public String roles() {
        return roles;
    }
}
