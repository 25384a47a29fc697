package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** English and Chinese are equals. */
class TextsTest {

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)");
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    /** Those that are a sign, a key, or the same word in both. */
    private static final List<String> NO_WORDS = List.of("shell.theme.*.sign", "help.*.key", "column.id");

    @Test
    void haveTheSameKeysInBothLanguages() throws Exception {
        assertThat(texts("messages_zh").stringPropertyNames())
                .isEqualTo(texts("messages").stringPropertyNames());
    }

    @Test
    void areNeverEmpty() throws Exception {
        assertThat(texts("messages").values()).noneMatch(text -> text.toString().isBlank());
        assertThat(texts("messages_zh").values())
                .noneMatch(text -> text.toString().isBlank());
    }

    @Test
    void useNoArgumentInChineseThatThereIsNotInEnglish() throws Exception {
        var english = texts("messages");
        var chinese = texts("messages_zh");

        for (var key : english.stringPropertyNames()) {
            assertThat(arguments(text(english, key))).as(key).containsAll(arguments(text(chinese, key)));
        }
    }

    @Test
    void saySoWheneverChineseLeavesAnArgumentOut() throws Exception {
        var english = texts("messages");
        var chinese = texts("messages_zh");

        // "matches" and "match" are one word there.
        assertThat(english.stringPropertyNames())
                .filteredOn(key -> !arguments(text(english, key)).equals(arguments(text(chinese, key))))
                .containsExactly("new.matched");
    }

    @ParameterizedTest
    @ValueSource(strings = {"messages", "messages_zh"})
    void canAllBeFormatted(String name) throws Exception {
        texts(name)
                .forEach((key, text) -> assertThatCode(() -> new MessageFormat(text.toString()))
                        .as(key.toString())
                        .doesNotThrowAnyException());
    }

    /** One is an escape where there are arguments, and a sign where there are none. */
    @ParameterizedTest
    @ValueSource(strings = {"messages", "messages_zh"})
    void useTypographicApostrophesOnly(String name) throws Exception {
        assertThat(texts(name).values()).noneMatch(text -> text.toString().contains("'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"messages", "messages_zh"})
    void haveNoMarkupAndNoSpacesAtTheirEnds(String name) throws Exception {
        assertThat(texts(name).values())
                .noneMatch(text -> text.toString().contains("</"))
                .allMatch(text -> text.toString().strip().equals(text));
    }

    @Test
    void haveNoKeyTwiceSinceTheLastWouldWinSilently() throws Exception {
        for (var name : List.of("messages", "messages_zh")) {
            var keys = lines(name).stream()
                    .map(line -> line.substring(0, line.indexOf('=')))
                    .toList();
            assertThat(keys).as(name).doesNotHaveDuplicates();
        }
    }

    @Test
    void areInTheSameOrderSoThatTheyAreComparedSideBySide() throws Exception {
        var english = lines("messages").stream()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
        var chinese = lines("messages_zh").stream()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();

        assertThat(chinese).isEqualTo(english);
    }

    @Test
    void areTranslated() throws Exception {
        var chinese = texts("messages_zh");
        var untranslated = new TreeSet<String>();
        for (var key : chinese.stringPropertyNames()) {
            if (!CHINESE.matcher(text(chinese, key)).find() && NO_WORDS.stream().noneMatch(rule -> fits(rule, key))) {
                untranslated.add(key);
            }
        }

        assertThat(untranslated).containsExactly("rate.p99"); // 99 %
    }

    @Test
    void areEnglishInEnglish() throws Exception {
        assertThat(texts("messages").values())
                .noneMatch(text -> CHINESE.matcher(text.toString()).find());
    }

    private static String text(Properties texts, String key) {
        return String.valueOf(texts.getProperty(key));
    }

    private static boolean fits(String rule, String key) {
        return key.matches(rule.replace(".", "\\.").replace("*", ".+"));
    }

    private static TreeSet<String> arguments(String text) {
        var found = new TreeSet<String>();
        ARGUMENT.matcher(text).results().forEach(argument -> found.add(argument.group(1)));
        return found;
    }

    private static List<String> lines(String name) throws Exception {
        try (var stream = TextsTest.class.getResourceAsStream("/console/" + name + ".properties")) {
            assertThat(stream).as(name).isNotNull();
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("="))
                    .toList();
        }
    }

    private static Properties texts(String name) throws Exception {
        var texts = new Properties();
        try (var stream = TextsTest.class.getResourceAsStream("/console/" + name + ".properties")) {
            assertThat(stream).as(name).isNotNull();
            texts.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        return texts;
    }
}
