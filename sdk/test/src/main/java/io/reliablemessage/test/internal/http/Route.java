package io.reliablemessage.test.internal.http;

import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A call of the API, who may make it, and what it does. */
public record Route(String method, Pattern path, Body body, Set<Role> roles, Function<Call, Answer> handler) {

    /** Whether a call has a body of JSON. */
    public enum Body {
        REQUIRED,
        OPTIONAL,
        /** It is not looked at. */
        NONE
    }
}
