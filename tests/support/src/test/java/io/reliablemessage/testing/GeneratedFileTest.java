package io.reliablemessage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedFileTest {

    private static final String TEXT = """
            # States
            <!-- generated: states -->
            - SENDING
            - DEAD
            <!-- end -->
            The end.
            """;

    @TempDir
    Path directory;

    @Test
    void whatIsAsItShouldBePasses() throws IOException {
        section().mustHold("- SENDING\n- DEAD\n");
        section().mustHold("- sending\n- dead\n", text -> text.toLowerCase(Locale.ROOT));

        assertThat(section().text()).isEqualTo(TEXT);
    }

    @Test
    void aDifferenceSaysWhereItIsAndHowItIsMended() throws IOException {
        var section = section();

        assertThatThrownBy(() -> section.mustHold("- SENDING\n- CONSUMED\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("states.md", "mvn test -Pdocs", "it says:  - DEAD", "the code: - CONSUMED");
        assertThat(section.text()).isEqualTo(TEXT);
    }

    @Test
    void onlyTheSectionIsWrittenAnew() throws IOException {
        section().write("- CONSUMED\n");

        assertThat(section().text()).isEqualTo(TEXT.replace("- SENDING\n- DEAD\n", "- CONSUMED\n"));
    }

    @Test
    void aSectionThatIsNotThereIsADifference() throws IOException {
        var other = GeneratedFile.section(file().toString(), "other");

        assertThatThrownBy(() -> other.mustHold("")).hasMessageContainingAll("states.md", "other");
    }

    private GeneratedFile section() throws IOException {
        return GeneratedFile.section(file().toString(), "states");
    }

    private Path file() throws IOException {
        var file = directory.resolve("states.md");
        return Files.exists(file) ? file : Files.writeString(file, TEXT);
    }
}
