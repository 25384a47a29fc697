package io.reliablemessage.service.platform.database;

/** The service will not start like this: something is set so that a promise could not be kept. */
public class UnsafeSetting extends RuntimeException {

    private final String remedy;

    public UnsafeSetting(String fact, String remedy) {
        super(fact);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
