package io.reliablemessage.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A committed file, or one section of it, that is generated from the code.
 *
 * <p>A test hands in what it should hold. That is compared, and a difference fails the test; with {@code -Pdocs} it is
 * written. A section lies between the lines {@code <!-- generated: name -->} and {@code <!-- end -->}, which somebody
 * puts there.
 */
public final class GeneratedFile {

    private static final String HOW =
            "If the change is meant, write it anew: mvn test -Pdocs (and read the difference)";

    private final Path file;
    private final Pattern part;

    private GeneratedFile(Path file, Pattern part) {
        this.file = file;
        this.part = part;
    }

    /**
     * @param name from the project's directory, such as {@code docs/states.md}; tests run in their
     *     module's directory
     */
    public static GeneratedFile whole(String name) {
        return new GeneratedFile(Project.file(name), Pattern.compile("()(.*)()", Pattern.DOTALL));
    }

    public static GeneratedFile section(String name, String section) {
        var begin = "<!-- generated: " + section + " -->\n";
        return new GeneratedFile(
                Project.file(name), Pattern.compile("(\\Q" + begin + "\\E)(.*?)(<!-- end -->\n)", Pattern.DOTALL));
    }

    public void mustHold(String generated) {
        mustHold(generated, text -> text);
    }

    /** @param meaning what is compared; other differences are never written */
    public void mustHold(String generated, UnaryOperator<String> meaning) {
        var found = find();
        if (meaning.apply(found.group(2)).equals(meaning.apply(generated))) {
            return;
        }
        if (!Boolean.getBoolean("docs.write")) {
            throw new AssertionError(difference(meaning.apply(found.group(2)), meaning.apply(generated)));
        }
        write(generated);
    }

    public String text() {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private MatchResult find() {
        var found = part.matcher(text());
        if (!found.find()) {
            throw new AssertionError("%s lacks the lines of its section: %s".formatted(file, part));
        }
        return found.toMatchResult();
    }

    void write(String generated) {
        var found = find();
        var text = text();
        try {
            Files.writeString(file, text.substring(0, found.start(2)) + generated + text.substring(found.end(2)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String difference(String committed, String generated) {
        var before = committed.lines().toList();
        var after = generated.lines().toList();
        var line = 0;
        while (line < Math.min(before.size(), after.size()) && before.get(line).equals(after.get(line))) {
            line++;
        }
        return "%s is not what the code says. %s%n  it says:  %s%n  the code: %s"
                .formatted(file, HOW, at(line, before), at(line, after));
    }

    private static String at(int line, List<String> lines) {
        return line < lines.size() ? lines.get(line) : "(nothing more)";
    }
}
