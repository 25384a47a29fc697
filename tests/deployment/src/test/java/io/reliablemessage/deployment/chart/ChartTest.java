package io.reliablemessage.deployment.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.deployment.documents.Document;
import io.reliablemessage.testing.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OfTheChart
class ChartTest {

    @Test
    void helmFindsNothingToSayAboutIt() {
        var result = Chart.helm().lint().strict().call();

        assertThat(result.isFailed()).isFalse();
        assertThat(result.getMessages()).containsExactly("[INFO] Chart.yaml: icon is recommended");
    }

    @Test
    void canBePackaged(@TempDir Path target) throws IOException {
        Chart.helm().packageIt().withDestination(target).call();

        try (var files = Files.list(target)) {
            assertThat(files).singleElement().satisfies(file -> assertThat(file).isNotEmptyFile());
        }
    }

    @Test
    void installsTheVersionThatThisBuildMakes() throws IOException {
        var pom = Project.text("pom.xml");
        var version = Values.read(Chart.DIRECTORY.resolve("Chart.yaml")).get("appVersion");

        assertThat(pom)
                .contains("<artifactId>reliable-message</artifactId>\n  <version>%s</version>".formatted(version));
    }

    @Test
    void itsTestRunsWhenAskedFor() throws IOException {
        assertThat(Chart.DIRECTORY.resolve("templates").resolve("tests").resolve("ready.yaml"))
                .content()
                .contains("  annotations:\n    helm.sh/hook: test\n");
    }

    @ForEveryExample
    void hasEveryNameOnce(String example) {
        assertThat(Chart.rendered(example).stream().map(Manifest::toString)).doesNotHaveDuplicates();
        assertThat(Chart.rendered(example))
                .allSatisfy(manifest -> assertThat(manifest.name()).hasSizeLessThanOrEqualTo(63));
    }

    @Test
    void tellsTheSameInBothLanguages() {
        var english = Document.read(Chart.DIRECTORY.resolve("README.md"));
        var chinese = Document.read(Chart.DIRECTORY.resolve("README.zh-CN.md"));

        assertThat(chinese.anchors()).hasSameSizeAs(english.anchors());
        assertThat(examples(chinese)).isNotEmpty().isEqualTo(examples(english));
    }

    private static List<String> examples(Document readme) {
        var parts = readme.text().split("```", -1);
        return IntStream.range(0, parts.length / 2)
                .mapToObj(i -> parts[2 * i + 1])
                .toList();
    }
}
