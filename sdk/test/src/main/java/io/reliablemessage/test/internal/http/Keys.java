package io.reliablemessage.test.internal.http;

import static io.reliablemessage.api.ProblemType.UNAUTHENTICATED;

import com.sun.net.httpserver.Headers;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The API keys of applications. */
public final class Keys {

    private static final String SCHEME = "Bearer ";

    private final Map<String, Caller> callers = new ConcurrentHashMap<>();

    /** Who calls, and what it may do. */
    record Caller(String application, Set<Role> roles) {}

    /** The same key for the same application and roles. */
    public String of(String application, Set<Role> roles) {
        Texts.name("application", application);
        var names = EnumSet.copyOf(roles).stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("-"));
        var key = "test-key-%s-%s".formatted(names, application);
        callers.put(key, new Caller(application, Set.copyOf(roles)));
        return key;
    }

    Caller callerOf(Headers headers) {
        List<String> given = headers.getOrDefault("Authorization", List.of());
        if (given.size() > 1) {
            throw Problem.malformed("The header Authorization is given more than once.");
        }
        var authorization = given.stream()
                .findFirst()
                .orElseThrow(
                        () -> new Problem(UNAUTHENTICATED, "The call carries no API key. " + UNAUTHENTICATED.remedy()));
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new Problem(UNAUTHENTICATED, "The Authorization header is not 'Bearer <api key>'.");
        }
        return Optional.ofNullable(
                        callers.get(authorization.substring(SCHEME.length()).strip()))
                .orElseThrow(() -> new Problem(UNAUTHENTICATED, "The API key is unknown or expired."));
    }
}
