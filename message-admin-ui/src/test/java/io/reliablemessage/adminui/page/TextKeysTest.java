package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.cause.CauseKind;
import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.adminapi.operation.OperationAction;
import io.reliablemessage.adminapi.operation.OperationOutcome;
import io.reliablemessage.adminapi.operation.OperationState;
import io.reliablemessage.adminapi.operation.SkipReason;
import io.reliablemessage.adminapi.overview.Window;
import io.reliablemessage.adminui.api.Operator;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.MessageState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text that pages and code ask for is there, and every text that is there is asked for. */
class TextKeysTest {

    private static final Path MAIN = Path.of("src/main");

    /** {@code #{a.b}}, with or without arguments. */
    private static final Pattern IN_A_TEMPLATE = Pattern.compile("#\\{([a-zA-Z][\\w.-]*)[}(]");

    /** {@code #{|a.${b}|}}: the part before what is put in. */
    private static final Pattern PUT_TOGETHER = Pattern.compile("#\\{\\|([\\w.]*)\\$\\{");

    private static final Pattern ACTION_IN_A_TEMPLATE = Pattern.compile("parts :: action\\('([\\w.]+)'");
    private static final Pattern IN_QUOTES = Pattern.compile("[\"']([a-zA-Z][\\w.-]*)[\"']");

    private static Set<String> keys;
    private static String templates;
    private static String code;

    @BeforeAll
    static void read() throws IOException {
        var texts = new Properties();
        try (var reader = Files.newBufferedReader(MAIN.resolve("resources/console/messages.properties"))) {
            texts.load(reader);
        }
        keys = new TreeSet<>(texts.stringPropertyNames());
        templates = all("resources/console/templates", ".html");
        code = all("java", ".java");
    }

    @Test
    void pagesAskForTextsThatAreThere() {
        assertThat(matches(IN_A_TEMPLATE, templates)).hasSizeGreaterThan(200).isSubsetOf(keys);
    }

    @Test
    void pagesPutTogetherKeysOfWhichSomeAreThere() {
        assertThat(matches(PUT_TOGETHER, templates))
                .hasSizeGreaterThan(10)
                .filteredOn(prefix -> !prefix.isEmpty())
                .allSatisfy(prefix -> assertThat(keys).anyMatch(key -> key.startsWith(prefix)));
    }

    @Test
    void everyActionHasATextForItsButtonAndOneForItsForm() {
        assertThat(matches(ACTION_IN_A_TEMPLATE, templates))
                .hasSizeGreaterThan(10)
                .allSatisfy(action -> assertThat(keys).contains(action, action + ".do"));
    }

    @Test
    void codeAsksForTextsThatAreThere() {
        var asked = matches(Pattern.compile("\\btext\\(\\s*\"([\\w.-]+)\"[,)]"), code);

        assertThat(asked).contains("duration.min", "health.healthy").isSubsetOf(keys);
    }

    @Test
    void whatIsDoneHasAText() {
        var done = matches(Pattern.compile("\"(done\\.[\\w.]+)\"[,)]"), code);

        assertThat(done).contains("done.decide", "done.key").isSubsetOf(keys);
    }

    @Test
    void noTextIsLeftOver() {
        var prefixes = Stream.concat(
                        matches(PUT_TOGETHER, templates).stream(),
                        Stream.of("state.", "answer.", "cause.", "event.", "plan.", "outcome.", "became.", "skip."))
                .filter(prefix -> !prefix.isEmpty())
                .toList();
        var more = List.of("part.name.", "audit.action.", "audit.outcome.", "problem.", "done.");
        var quoted = matches(IN_QUOTES, templates + code);
        var asked = matches(IN_A_TEMPLATE, templates);

        assertThat(keys)
                .filteredOn(key -> !asked.contains(key) && !quoted.contains(key))
                .filteredOn(key -> prefixes.stream().noneMatch(key::startsWith))
                .filteredOn(key -> more.stream().noneMatch(key::startsWith))
                .filteredOn(key -> !key.endsWith(".do"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("words")
    void everyWordOfTheServiceHasAText(String prefix, Object[] words) {
        assertThat(Arrays.stream(words).map(word -> prefix + word)).isNotEmpty().isSubsetOf(keys);
    }

    private static Stream<Object[]> words() {
        return Stream.of(
                new Object[] {"state.", MessageState.values()},
                new Object[] {"state.", DeliveryState.values()},
                new Object[] {"state.", SearchState.values()},
                new Object[] {"cause.", CauseKind.values()},
                new Object[] {"window.", Window.values()},
                new Object[] {"role.", Operator.Role.values()},
                new Object[] {"outcome.", OperationOutcome.values()},
                new Object[] {"skip.", SkipReason.values()},
                new Object[] {"new.skip.", SkipReason.values()},
                new Object[] {"operation.state.", OperationState.values()},
                new Object[] {"operation.action.", OperationAction.values()},
                new Object[] {"new.do.", OperationAction.values()},
                new Object[] {"new.eligible.", OperationAction.values()},
                new Object[] {"became.", DeliveryState.values()},
                new Object[] {"shell.theme.", Preferences.THEME.choices().toArray()},
                new Object[] {"status.", ended()});
    }

    private static Object[] ended() {
        return Stream.of(MessageState.DEAD, MessageState.REJECTED, MessageState.DISCARDED, MessageState.CONSUMED)
                .map(state -> state.name().toLowerCase(Locale.ROOT))
                .toArray();
    }

    private static Set<String> matches(Pattern pattern, String text) {
        var found = new TreeSet<String>();
        pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    private static String all(String folder, String ending) throws IOException {
        var text = new StringBuilder();
        try (var files = Files.walk(MAIN.resolve(folder))) {
            files.filter(file -> file.toString().endsWith(ending)).forEach(file -> text.append(read(file)));
        }
        return text.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
