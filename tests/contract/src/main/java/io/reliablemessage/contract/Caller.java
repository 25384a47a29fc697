package io.reliablemessage.contract;

/** Who calls: four applications, each with one role. */
public enum Caller {
    PRODUCER("shop"),
    OTHER_PRODUCER("rival"),
    CONSUMER("points"),
    OTHER_CONSUMER("stranger");

    private final String application;

    Caller(String application) {
        this.application = application;
    }

    public String application() {
        return application;
    }

    public boolean isProducer() {
        return this == PRODUCER || this == OTHER_PRODUCER;
    }
}
