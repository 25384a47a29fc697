package io.reliablemessage.deployment.documents;

import static java.util.stream.Collectors.joining;

import io.reliablemessage.testing.Project;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What a reference says in Chinese, sentence by sentence: each line of its file is the English,
 * {@code | } and the Chinese.
 *
 * <p>The English is the key, so that a sentence which changes has no Chinese until somebody has looked at it again.
 */
record Chinese(String file, Map<String, String> sentences) {

    private static final Pattern LINE = Pattern.compile("(.+?) \\| (.*\\p{IsHan}.*)");

    /**
     * Its head is translated as a whole, of any other row what stands last: the rest reads the same
     * in all languages.
     */
    private static final Pattern ROW = Pattern.compile("\\| .*\\|");

    private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");

    /** @param reference its name without the ending, such as {@code metrics} */
    static Chinese of(String reference) {
        var file = "tests/deployment/src/test/resources/chinese/" + reference + ".txt";
        var sentences = new LinkedHashMap<String, String>();
        Project.text(file).lines().forEach(line -> {
            var both = LINE.matcher(line);
            if (!both.matches() || sentences.put(both.group(1), both.group(2)) != null) {
                throw new AssertionError("%s: not \"English | Chinese\", or there twice: %s".formatted(file, line));
            }
        });
        return new Chinese(file, sentences);
    }

    String translate(String text) {
        return translate(text, english -> sentences.getOrDefault(english, english));
    }

    static Set<String> sentencesOf(String text) {
        var sentences = new LinkedHashSet<String>();
        translate(text, english -> {
            sentences.add(english);
            return english;
        });
        return sentences;
    }

    private static String translate(String text, UnaryOperator<String> chinese) {
        return text.lines()
                .map(line -> ROW.matcher(line).matches() ? row(line, chinese) : line)
                .collect(joining("\n", "", "\n"));
    }

    private static String row(String line, UnaryOperator<String> chinese) {
        var cells = BAR.split(line);
        for (var cell = line.startsWith("| `") ? cells.length - 1 : 1; cell < cells.length; cell++) {
            var english = cells[cell].strip();
            cells[cell] = english.isEmpty() ? cells[cell] : " " + chinese.apply(english) + " ";
        }
        return String.join("|", cells) + "|";
    }
}
