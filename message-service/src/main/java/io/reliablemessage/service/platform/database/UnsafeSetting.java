package io.reliablemessage.service.platform.database;

/** Stops the start: a setting would break a guarantee. */
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
