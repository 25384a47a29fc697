package io.reliablemessage.deployment.documents;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Links within the project lead to a file, and to a heading in it. */
class LinksTest {

    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern TARGET = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

    @Test
    void everyLinkLeadsSomewhere() {
        assertSoftly(softly -> Document.all()
                .forEach(document -> localLinks(document)
                        .forEach(link -> softly.assertThat(leadsSomewhere(document, link))
                                .as("%s links to %s", document.name(), link)
                                .isTrue())));
    }

    static List<String> localLinks(Document document) {
        return TARGET.matcher(CODE.matcher(document.prose()).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !ELSEWHERE.matcher(link).matches())
                .toList();
    }

    private static boolean leadsSomewhere(Document document, String link) {
        var parts = link.split("#", 2);
        var file = parts[0].isEmpty()
                ? document.file()
                : document.file().resolveSibling(parts[0]).normalize();
        return Files.exists(file)
                && (parts.length == 1 || Document.read(file).anchors().contains(parts[1]));
    }
}
