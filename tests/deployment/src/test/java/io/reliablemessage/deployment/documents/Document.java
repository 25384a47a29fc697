package io.reliablemessage.deployment.documents;

import io.reliablemessage.testing.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One of the project's Markdown files. */
public record Document(Path file, String text) {

    private static final Pattern FENCED = Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern HEADING = Pattern.compile("^#+ (.+?)\\s*$", Pattern.MULTILINE);

    public static Document read(Path file) {
        try {
            return new Document(file, Files.readString(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Those at the top, in {@code docs}, and those that stand beside what they are about. */
    static List<Document> all() {
        return filesOfTheProject()
                .filter(file -> file.toString().endsWith(".md"))
                .map(Document::read)
                .toList();
    }

    /** Without what a build or a run leaves behind. */
    static Stream<Path> filesOfTheProject() {
        try (var files = Files.walk(Project.DIRECTORY)) {
            return files
                    .filter(file -> Stream.of("target", "data", ".git", "node_modules")
                            .noneMatch(
                                    name -> Project.DIRECTORY.relativize(file).startsWith(name)
                                            || file.toString().contains("/" + name + "/")))
                    .filter(Files::isRegularFile)
                    .toList()
                    .stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String name() {
        return Project.DIRECTORY.relativize(file).toString();
    }

    /** Without examples, whose brackets are no links and whose comments are no headings. */
    String prose() {
        return FENCED.matcher(text).replaceAll("");
    }

    /** What {@code #…} may name, as GitHub makes it from the headings. */
    public List<String> anchors() {
        return HEADING.matcher(prose())
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
