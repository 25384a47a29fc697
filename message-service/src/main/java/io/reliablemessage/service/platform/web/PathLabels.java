package io.reliablemessage.service.platform.web;

import io.micrometer.common.KeyValue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/**
 * Labels calls in metrics as the API's description does: {@code /messages/{id}}, without the form that the
 * id has to have.
 */
@Component
class PathLabels extends DefaultServerRequestObservationConvention {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+):(?:[^{}]|\\{[^{}]*})*}");

    private final Map<String, String> plain = new ConcurrentHashMap<>(); // as many as there are paths

    @Override
    protected KeyValue uri(ServerRequestObservationContext context) {
        var uri = super.uri(context);
        return KeyValue.of(
                uri.getKey(),
                plain.computeIfAbsent(
                        uri.getValue(), path -> VARIABLE.matcher(path).replaceAll("{$1}")));
    }
}
