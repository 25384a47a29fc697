package io.reliablemessage.quickstart.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The user's settings: arguments, system properties or environment variables, under Spring's usual names. */
final class Settings {

    private static final Pattern ARGUMENT = Pattern.compile("--([^=]+)=(.*)", Pattern.DOTALL);

    private final StandardEnvironment environment = new StandardEnvironment();
    private final Map<String, String> arguments = new LinkedHashMap<>();

    private Settings(String... args) {
        for (var arg : args) {
            var argument = ARGUMENT.matcher(arg);
            if (!argument.matches()) {
                throw new StartupFailure("'%s' is not understood. Arguments look like --name=value.".formatted(arg));
            }
            arguments.put(argument.group(1), argument.group(2)); // given twice, the last one counts
        }
        environment.getPropertySources().addFirst(new MapPropertySource("arguments", Map.copyOf(arguments)));
    }

    static Settings of(String... args) {
        return new Settings(args);
    }

    QuickstartProperties quickstart() {
        try {
            return Binder.get(
                            environment,
                            new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()))
                    .bindOrCreate("quickstart", QuickstartProperties.class);
        } catch (RuntimeException e) {
            throw new StartupFailure(
                    "the settings under 'quickstart' are not understood: "
                            + NestedExceptionUtils.getMostSpecificCause(e).getMessage(),
                    e);
        }
    }

    /** Whether anything under a prefix is set. */
    boolean isAnySet(String prefix) {
        var name = ConfigurationPropertyName.of(prefix);
        for (var source : ConfigurationPropertySources.get(environment)) {
            if (source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    String value(String name) {
        return Binder.get(environment).bind(name, String.class).orElse(null);
    }

    <T> T bound(String prefix, Class<T> type) {
        return Binder.get(environment).bindOrCreate(prefix, Bindable.of(type));
    }

    /** The arguments under some prefixes. Settings given in other ways are found by every application itself. */
    Map<String, String> arguments(List<String> prefixes) {
        var found = new LinkedHashMap<String, String>();
        arguments.forEach((name, value) -> {
            if (prefixes.stream().anyMatch(prefix -> name.startsWith(prefix + "."))) {
                found.put(name, value);
            }
        });
        return found;
    }
}
