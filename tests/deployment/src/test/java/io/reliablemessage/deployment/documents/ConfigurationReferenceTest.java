package io.reliablemessage.deployment.documents;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.deployment.Application;
import io.reliablemessage.deployment.Yaml;
import io.reliablemessage.testing.GeneratedFile;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** {@code docs/configuration.md} says of every setting what it is and what is in force. */
class ConfigurationReferenceTest {

    @ParameterizedTest
    @EnumSource
    void theFileListsEverySetting(Application application) {
        var table = new ConfigurationTable(application);
        var own = table.own().stream().map(ConfigurationTable.Row::own).collect(joining());
        var ofSpring =
                table.ofSpring().stream().map(ConfigurationTable.Row::ofSpring).collect(joining());

        section(application.id())
                .mustHold("| property | type | default | environment | description |\n|---|---|---|---|---|\n" + own);
        section(application.id() + ", Spring")
                .mustHold("| property | set to | environment | why |\n|---|---|---|---|\n" + ofSpring);
    }

    @ParameterizedTest
    @EnumSource
    void everySettingIsExplained(Application application) {
        var rows = new ConfigurationTable(application).own();

        assertThat(rows).filteredOn(row -> row.says().isBlank()).isEmpty();
        // Spring Boot's processor takes the first @param that begins with the name. If one name begins with another,
        // the shorter name must come first.
        assertThat(rows)
                .filteredOn(row -> rows.stream().anyMatch(other -> isTakenFrom(row, other)))
                .isEmpty();
    }

    private static boolean isTakenFrom(ConfigurationTable.Row row, ConfigurationTable.Row other) {
        return other.name().startsWith(row.name())
                && row.says().endsWith(other.says())
                && row.says().length() > other.says().length();
    }

    @ParameterizedTest
    @EnumSource
    void theYamlSetsNothingThatNobodyReads(Application application) {
        var known = application.ownSettings().stream().map(Setting::name).toList();

        assertThat(Yaml.of(application).values().keySet())
                .filteredOn(name -> name.startsWith(application.id() + "."))
                .filteredOn(name -> known.stream().noneMatch(each -> name.equals(each) || name.startsWith(each + ".")))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theEnvironmentsNamesAreThoseThatSpringReads(Application application) {
        var table = new ConfigurationTable(application);

        assertThat(table.own())
                .filteredOn(row -> !row.environment().isEmpty())
                .filteredOn(row -> !application.placeholders().containsKey(row.environment()))
                .filteredOn(row -> !isRead(row))
                .isEmpty();
    }

    private static boolean isRead(ConfigurationTable.Row row) {
        var name = row.name().replace("[]", "[0]") + (row.type().startsWith("by name") ? ".name" : "");
        var source = new SystemEnvironmentPropertySource("systemEnvironment", Map.of(row.environment(), "anything"));
        var properties = Objects.requireNonNull(ConfigurationPropertySource.from(source));
        return properties.getConfigurationProperty(ConfigurationPropertyName.of(name)) != null;
    }

    private static GeneratedFile section(String name) {
        return GeneratedFile.section("docs/configuration.md", name);
    }
}
