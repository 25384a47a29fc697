package io.reliablemessage.quickstart.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.testing.Project;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The settings of the quickstart stand in a document, with their defaults and environment variables. */
class DocumentedSettingsTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(quickstart\\.[a-z.-]+)` \\| (\\S+) \\| `(\\w+)` \\|$");

    @ParameterizedTest
    @ValueSource(strings = {"docs/getting-started.md", "docs/getting-started.zh-CN.md"})
    void eachSettingHasItsRow(String document) {
        var rows = new TreeMap<String, String>();
        ROW.matcher(Project.text(document)).results().forEach(row -> {
            rows.put(row.group(1), row.group(2));
            assertThat(row.group(3))
                    .isEqualTo(row.group(1).replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT));
        });

        var settings = new TreeMap<String, String>();
        collect("quickstart.", QuickstartProperties.class, settings);
        settings.remove("quickstart.ends-with-parent"); // Maven's
        assertThat(rows).isEqualTo(settings);
    }

    private static void collect(String prefix, Class<?> settings, Map<String, String> found) {
        for (var component : settings.getRecordComponents()) {
            var name = prefix + kebab(component);
            if (component.getType().isRecord()) {
                collect(name + ".", component.getType(), found);
            } else {
                found.put(name, String.join(",", defaultOf(settings, component)));
            }
        }
    }

    /** The annotation is on the parameter of the canonical constructor. */
    private static String[] defaultOf(Class<?> settings, RecordComponent component) {
        for (var parameter : settings.getDeclaredConstructors()[0].getParameters()) {
            if (parameter.getName().equals(component.getName())) {
                return parameter.getAnnotation(DefaultValue.class).value();
            }
        }
        throw new AssertionError("no parameter for " + component);
    }

    private static String kebab(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
