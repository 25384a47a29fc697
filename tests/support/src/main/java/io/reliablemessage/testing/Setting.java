package io.reliablemessage.testing;

import java.util.Optional;

/** Settings of the tests from the environment; a system property of the same name wins, for runs from an IDE. */
final class Setting {

    private Setting() {}

    public static Optional<String> of(String name) {
        return Optional.ofNullable(System.getProperty(name, System.getenv(name)))
                .filter(value -> !value.isBlank());
    }

    static boolean isTrue(String name) {
        return of(name).map(Boolean::parseBoolean).orElse(false);
    }
}
