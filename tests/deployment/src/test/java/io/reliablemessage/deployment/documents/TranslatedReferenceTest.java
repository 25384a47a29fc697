package io.reliablemessage.deployment.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.reliablemessage.testing.GeneratedFile;
import io.reliablemessage.testing.Project;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the build writes into references in English, which other tests hold against the code, is there in Chinese. */
class TranslatedReferenceTest {

    private static final Pattern SECTION =
            Pattern.compile("<!-- generated: (.+?) -->\n(.*?)<!-- end -->\n", Pattern.DOTALL);

    private static final Pattern CODE_OR_NUMBER = Pattern.compile("`[^`]+`|\\d+(?:,\\d{3})*");

    @ParameterizedTest
    @ValueSource(strings = {"configuration", "metrics", "states"})
    void theChineseFileSaysTheSame(String reference) {
        var english = sections("docs/" + reference + ".md");
        var chinese = Chinese.of(reference);
        var file = "docs/" + reference + ".zh-CN.md";

        mustBeComplete(chinese, Chinese.sentencesOf(String.join("", english.values())));
        assertThat(sections(file).keySet()).as("sections of %s", file).isEqualTo(english.keySet());
        english.forEach((section, text) -> GeneratedFile.section(file, section).mustHold(chinese.translate(text)));
    }

    private static void mustBeComplete(Chinese chinese, Set<String> said) {
        var known = chinese.sentences().keySet();
        assertSoftly(softly -> {
            softly.assertThat(said.stream().filter(each -> !known.contains(each)))
                    .as("Add to %s, with the Chinese behind each \" | \"", chinese.file())
                    .isEmpty();
            softly.assertThat(known.stream().filter(each -> !said.contains(each)))
                    .as("Take out of %s, nobody says this any more", chinese.file())
                    .isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"configuration", "metrics", "states"})
    void bothLanguagesNameTheSameNumbersAndNames(String reference) {
        assertThat(Chinese.of(reference).sentences())
                .allSatisfy((english, chinese) ->
                        assertThat(namedIn(chinese)).containsExactlyInAnyOrderElementsOf(namedIn(english)));
    }

    private static List<String> namedIn(String sentence) {
        return CODE_OR_NUMBER
                .matcher(sentence)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static Map<String, String> sections(String file) {
        var sections = new LinkedHashMap<String, String>();
        SECTION.matcher(Project.text(file))
                .results()
                .forEach(section -> sections.put(section.group(1), section.group(2)));
        return sections;
    }
}
