package io.reliablemessage.deployment.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both languages are built alike, and give the same commands. */
class TranslationsTest {

    private static final String TRANSLATED = ".zh-CN.md";
    private static final Set<String> AT_THE_TOP = Set.of("README.md", "UPGRADING.md", "SECURITY.md");
    private static final Pattern LEVEL = Pattern.compile("^#+(?= )", Pattern.MULTILINE);
    private static final Pattern FENCED = Pattern.compile("^ *```.*?^ *```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern FIRST_CELL = Pattern.compile("^\\|[^|]*`[^|]*", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`[^`]+`");
    private static final Pattern COMMENT = Pattern.compile(" *# .*$", Pattern.MULTILINE);

    static Stream<Document> translations() {
        return Document.all().stream().filter(document -> document.name().endsWith(TRANSLATED));
    }

    @Test
    void whatUsersReadIsThereInChinese() {
        var english = Document.all().stream()
                .map(Document::name)
                .filter(name -> !name.endsWith(TRANSLATED))
                .filter(name -> name.startsWith("docs/") || AT_THE_TOP.contains(name))
                .filter(name -> !name.equals("docs/performance/history.md"));

        assertThat(translations().map(Document::name))
                .containsAll(
                        english.map(name -> name.replace(".md", TRANSLATED)).toList());
    }

    @ParameterizedTest
    @MethodSource("translations")
    void headingsHaveTheSameOrderAndDepth(Document translation) {
        assertThat(all(LEVEL, translation.prose()))
                .isEqualTo(all(LEVEL, original(translation).prose()));
    }

    @ParameterizedTest
    @MethodSource("translations")
    void commandsAnswersAndSettingsAreTheSame(Document translation) {
        assertThat(withoutComments(all(FENCED, translation.text())))
                .isEqualTo(withoutComments(all(FENCED, original(translation).text())));
    }

    @ParameterizedTest
    @MethodSource("translations")
    void rowsOfTablesAreAboutTheSame(Document translation) {
        assertThat(all(CODE, firstCells(translation))).isEqualTo(all(CODE, firstCells(original(translation))));
    }

    @ParameterizedTest
    @MethodSource("translations")
    void eachLanguageLinksToTheOther(Document translation) {
        var original = original(translation);
        assertThat(LinksTest.localLinks(translation)).contains(fileName(original));
        assertThat(LinksTest.localLinks(original)).contains(fileName(translation));
    }

    private static String firstCells(Document document) {
        return String.join("\n", all(FIRST_CELL, document.prose()));
    }

    private static List<String> withoutComments(List<String> fenced) {
        return fenced.stream().map(text -> COMMENT.matcher(text).replaceAll("")).toList();
    }

    private static Document original(Document translation) {
        return Document.read(
                translation.file().resolveSibling(fileName(translation).replace(TRANSLATED, ".md")));
    }

    private static String fileName(Document document) {
        return document.file().getFileName().toString();
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }
}
