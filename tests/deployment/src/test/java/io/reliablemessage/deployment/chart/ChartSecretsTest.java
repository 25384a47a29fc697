package io.reliablemessage.deployment.chart;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.deployment.chart.Pod.SecretKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the tables of the READMEs with the pods' secrets. */
@OfTheChart
class ChartSecretsTest {

    private static final Pattern ROW =
            Pattern.compile("\\| `(.*?)` \\| `(.*?)` \\| (?:`(.*)`|none|无) \\| .* \\| (.*) \\|");

    /** @param givenTo the applications, and perhaps Prometheus */
    private record Row(String secretPath, String keyPath, String preset, Set<String> givenTo) {

        /** Which keys it speaks of, in an installation with these values. */
        Stream<SecretKey> keys(String example) {
            var values = Chart.values(example);
            return Values.at(secretPath, values)
                    .flatMap(secret -> Values.at(keyPath, values).map(key -> new SecretKey(secret, key)));
        }
    }

    @ForEveryExample
    void aPodIsGivenWhatTheTableSaysAndNothingElse(String example) {
        var table = table("README.md");

        for (var pod : Pod.of(example)) {
            assertThat(pod.secrets().collect(toSet()))
                    .as("%s of %s", pod, example)
                    .isSubsetOf(table.stream()
                            .filter(row -> row.givenTo().contains(pod.component()))
                            .flatMap(row -> row.keys(example))
                            .collect(toSet()));
        }
    }

    /** With everything on, each row has a pod for each application it names. */
    @Test
    void theTableHasNoRowTooMany() {
        var pods = Pod.ofApplications("full");

        assertThat(table("README.md"))
                .allSatisfy(row -> assertThat(pods)
                        .filteredOn(pod -> row.givenTo().contains(pod.component()))
                        .isNotEmpty()
                        .allSatisfy(pod -> assertThat(pod.secrets())
                                .containsAll(row.keys("full").toList())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void theTableKnowsTheDefaults(String readme) {
        var values = Values.read(Chart.DIRECTORY.resolve("values.yaml"));

        assertThat(table(readme))
                .hasSize(14)
                .allSatisfy(row -> assertThat(Values.at(row.keyPath(), values))
                        .as(row.keyPath())
                        .containsExactlyElementsOf(row.preset().isEmpty() ? List.of() : List.of(row.preset())));
    }

    @Test
    void bothLanguagesHaveTheSameTable() {
        assertThat(table("README.zh-CN.md")).isEqualTo(table("README.md"));
    }

    private static List<Row> table(String readme) {
        try (var lines = Files.lines(Chart.DIRECTORY.resolve(readme))) {
            return lines.map(ROW::matcher)
                    .filter(row -> row.matches())
                    .map(row -> new Row(
                            row.group(1),
                            row.group(2),
                            row.group(3) == null ? "" : row.group(3),
                            Set.copyOf(Arrays.asList(row.group(4).split(", |、", -1)))))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
