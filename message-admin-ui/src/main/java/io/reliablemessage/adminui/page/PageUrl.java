package io.reliablemessage.adminui.page;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** A page's URL: path and parameters. Every view has one, so that it can be shared. */
public final class PageUrl {

    /** Even when it is empty: nothing was chosen then, and without it everything would be meant. */
    private static final String CHOSEN = "ids";

    private final String path;
    private final Map<String, String> parameters;

    private PageUrl(String path, Map<String, String> parameters) {
        this.path = path;
        this.parameters = parameters;
    }

    public static PageUrl of(String path) {
        return new PageUrl(path, Map.of());
    }

    static PageUrl of(HttpServletRequest request) {
        var parameters = new LinkedHashMap<String, String>();
        request.getParameterMap().forEach((name, values) -> {
            var isChosen = CHOSEN.equals(name);
            var value = isChosen ? joined(values) : values[0];
            if (!KnownParameters.PREFERENCES.contains(name) && (isChosen || !value.isEmpty())) {
                parameters.put(name, value);
            }
        });
        return new PageUrl(request.getServletPath(), parameters);
    }

    private static String joined(String[] values) {
        return Arrays.stream(values).filter(each -> !each.isEmpty()).collect(Collectors.joining(","));
    }

    public @Nullable String get(String name) {
        return parameters.get(name);
    }

    public PageUrl with(String name, @Nullable Object value) {
        var changed = new LinkedHashMap<>(parameters);
        if (value == null || value.toString().isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, value.toString());
        }
        return new PageUrl(path, changed);
    }

    public PageUrl without(String... names) {
        var changed = new LinkedHashMap<>(parameters);
        changed.keySet().removeAll(Set.of(names));
        return new PageUrl(path, changed);
    }

    /** The same parameters with another path. */
    public PageUrl at(String otherPath) {
        return new PageUrl(otherPath, parameters);
    }

    @Override
    public String toString() {
        return parameters.isEmpty()
                ? path
                : parameters.entrySet().stream()
                        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&", path + "?", ""));
    }

    private static String encoded(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }
}
