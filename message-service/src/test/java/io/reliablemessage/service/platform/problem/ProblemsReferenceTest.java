package io.reliablemessage.service.platform.problem;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.ProblemType;
import io.reliablemessage.testing.GeneratedFile;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/problems.md}, in both languages, lists all problems of the API. */
class ProblemsReferenceTest {

    @Test
    void theFilesNameEveryType() {
        GeneratedFile.section("docs/problems.md", "problems").mustHold(types(ProblemTexts.ENGLISH, "Do", "Carries"));
        GeneratedFile.section("docs/problems.md", "members").mustHold(members(ProblemTexts.ENGLISH));
        GeneratedFile.section("docs/problems.zh-CN.md", "problems").mustHold(types(ProblemTexts.CHINESE, "处理", "附带"));
        GeneratedFile.section("docs/problems.zh-CN.md", "members").mustHold(members(ProblemTexts.CHINESE));
    }

    @Test
    void bothLanguagesSayTheSameThings() {
        var english = ProblemTexts.ENGLISH.texts().stringPropertyNames();
        var expected = Stream.concat(
                        english.stream(),
                        Arrays.stream(ProblemType.values())
                                .flatMap(type ->
                                        Stream.of("title", "meaning", "remedy").map(text -> type.slug() + "." + text)))
                .collect(toSet());

        assertThat(ProblemTexts.CHINESE.texts().stringPropertyNames()).isEqualTo(expected);
        assertThat(english.stream().filter(name -> name.startsWith("member.")))
                .containsExactlyInAnyOrderElementsOf(
                        names().stream().map(name -> "member." + name).toList());
    }

    private static String types(ProblemTexts texts, String remedy, String carries) {
        return Arrays.stream(ProblemType.values())
                .map(type -> "\n### %s\n\n%d %s. %s\n\n- **%s:** %s\n%s"
                        .formatted(
                                type.slug(),
                                type.status(),
                                texts.title(type),
                                texts.meaning(type),
                                remedy,
                                texts.remedy(type).replace("<", "\\<"),
                                carried(type, carries)))
                .collect(joining("", "", "\n"));
    }

    private static String carried(ProblemType type, String carries) {
        return type.members().isEmpty()
                ? ""
                : type.members().stream()
                        .map("`%s`"::formatted)
                        .collect(joining(", ", "- **%s:** ".formatted(carries), "\n"));
    }

    private static String members(ProblemTexts texts) {
        return names().stream()
                .map(name -> "- `%s`: %s\n".formatted(name, texts.member(name)))
                .collect(joining());
    }

    private static Set<String> names() {
        return Arrays.stream(ProblemType.values())
                .flatMap(type -> type.members().stream())
                .collect(java.util.stream.Collectors.toCollection(java.util.LinkedHashSet::new));
    }
}
