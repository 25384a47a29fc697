package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in templates that no page shows at once. */
class TemplatesTest {

    private static final Path FOLDER = Path.of("src/main/resources/console/templates");
    private static final Pattern TAG = Pattern.compile("<[a-zA-Z][^<>]*(?:\"[^\"]*\"[^<>\"]*)*>");

    private static List<String> tags;

    @BeforeAll
    static void read() throws IOException {
        try (var files = Files.list(FOLDER)) {
            tags = files.map(TemplatesTest::text)
                    .flatMap(text -> TAG.matcher(text).results().map(tag -> tag.group()))
                    .toList();
        }
        assertThat(tags).hasSizeGreaterThan(500);
    }

    /** A tag is replaced before its condition is looked at, which is then lost. */
    @ParameterizedTest
    @ValueSource(strings = {"th:if=", "th:unless=", "th:each="})
    void noConditionIsLostByAReplacement(String condition) {
        assertThat(tags).noneMatch(tag -> tag.contains("th:replace=") && tag.contains(condition));
    }

    @Test
    void nothingThatStrangersWroteIsMarkup() {
        assertThat(tags).noneMatch(tag -> tag.contains("th:utext"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" onclick", " onload", " onerror", " onsubmit", " onchange", " style=", "javascript:"})
    void nothingThatTheContentSecurityPolicyForbidsIsInATag(String forbidden) {
        assertThat(tags).noneMatch(tag -> tag.contains(forbidden));
    }

    @Test
    void everyFormThatChangesSomethingHasItsTokenBesideIt() {
        assertThat(tags)
                .filteredOn(tag -> tag.startsWith("<form") && tag.contains("method=\"post\""))
                .isNotEmpty()
                .allMatch(tag -> tag.contains("th:action="), "th:action adds the token");
    }

    @Test
    void everyAddressKeepsTheContextPath() {
        assertThat(tags)
                .noneMatch(tag -> tag.contains(" href=\"/") || tag.contains(" src=\"/") || tag.contains(" action=\"/"));
    }

    @Test
    void everyImageIsNamedOrHidden() {
        assertThat(tags)
                .filteredOn(tag -> tag.startsWith("<svg"))
                .isNotEmpty()
                .allMatch(tag -> tag.contains("aria-hidden=\"true\"") || tag.contains("aria-label"));
        assertThat(tags).filteredOn(tag -> tag.startsWith("<img")).allMatch(tag -> tag.contains("alt="));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
