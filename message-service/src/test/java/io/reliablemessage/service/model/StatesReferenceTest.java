package io.reliablemessage.service.model;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.therapi.runtimejavadoc.CommentFormatter;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.testing.GeneratedFile;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents' states and steps match the transitions. */
class StatesReferenceTest {

    private static final String STATES = "[A-Z_]{4,}(?: \\| [A-Z_]{4,})*";
    /**
     * {@code A | B ──step──▶ C}; instead of its first state, an arrow may branch off the one above:
     * {@code └─step──▶ C}.
     */
    private static final Pattern ARROW =
            Pattern.compile("(?:(?<from>%s) ──|└─)[^─▶\n]+─*▶ (?<to>[A-Z_]+)".formatted(STATES));

    private record Step(String name, String from, String to, String who) {

        static Stream<Step> of(MessageTransition step) {
            return Stream.of(new Step(
                    step.name(), Decision.PENDING_CONFIRM.name(), step.to().name(), who(step)));
        }

        static Stream<Step> of(DeliveryTransition step) {
            return Arrays.stream(DeliveryState.values())
                    .filter(step.from()::contains)
                    .map(from -> new Step(step.name(), from.name(), step.to().name(), who(step)));
        }

        private static String who(MessageTransition step) {
            return switch (step) {
                case CONFIRM ->
                    "The producer, `POST /messages/{id}/confirm`; or its check-back answer `COMMITTED`; or an operator about a suspect message, `POST /admin/messages/{id}/decide`";
                case CANCEL ->
                    "The producer, `POST /messages/{id}/cancel`; or its check-back answer `ROLLED_BACK`; or an operator about a suspect message";
            };
        }

        private static String who(DeliveryTransition step) {
            return switch (step) {
                case ACK -> "The consumer, `POST /messages/{id}/ack`; also late, after it was given up or discarded";
                case REJECT -> "The consumer, `POST /messages/{id}/reject`: a final business \"no\"";
                case BURY -> "The service, when the last attempt was not answered in time";
                case REVIVE ->
                    "An operator, `POST /admin/messages/{id}/resend` or an operation; its schedule starts from the beginning";
                case DISCARD -> "An operator, `POST /admin/messages/{id}/discard` or an operation, with a reason";
            };
        }

        String arrow() {
            return "    %s --> %s: %s\n".formatted(from, to, name);
        }

        String edge() {
            return from + " to " + to;
        }
    }

    private static final List<Step> OF_MESSAGES =
            Arrays.stream(MessageTransition.values()).flatMap(Step::of).toList();
    private static final List<Step> OF_DELIVERIES =
            Arrays.stream(DeliveryTransition.values()).flatMap(Step::of).toList();

    @Test
    void theFileDrawsTheTransitions() {
        section("message")
                .mustHold(diagram("    [*] --> PENDING_CONFIRM: PREPARE\n", OF_MESSAGES) + table(OF_MESSAGES));
        section("delivery")
                .mustHold(diagram("    [*] --> SENDING: CONFIRM\n", OF_DELIVERIES)
                        + table(OF_DELIVERIES)
                        + meanings(DeliveryState.class));
        section("shown").mustHold(meanings(MessageState.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/concepts.md", "docs/concepts.zh-CN.md"})
    void theConceptsDrawTheSameSteps(String document) {
        var drawn = new HashSet<String>();
        var above = "";
        for (var arrow :
                ARROW.matcher(GeneratedFile.whole(document).text()).results().toList()) {
            above = arrow.group("from") == null ? above : arrow.group("from");
            Arrays.stream(above.split(" \\| "))
                    .map(from -> from + " to " + arrow.group("to"))
                    .forEach(drawn::add);
        }

        assertThat(drawn)
                .as("steps that %s draws", document)
                .isEqualTo(Stream.concat(OF_MESSAGES.stream(), OF_DELIVERIES.stream())
                        .map(Step::edge)
                        .collect(toSet()));
    }

    @Test
    void theGlossaryNamesTheSameStates() {
        var named = Pattern.compile("`([A-Z_]{4,})`")
                .matcher(GeneratedFile.whole("docs/glossary.md").text())
                .results()
                .map(found -> found.group(1))
                .collect(toSet());

        assertThat(named)
                .as("states that docs/glossary.md names")
                .isEqualTo(names(Decision.values(), DeliveryState.values(), CheckbackDecision.values()));
    }

    private static GeneratedFile section(String name) {
        return GeneratedFile.section("docs/states.md", name);
    }

    private static String diagram(String start, List<Step> steps) {
        var ends = steps.stream()
                .map(Step::to)
                .distinct()
                .filter(state -> steps.stream().noneMatch(step -> step.from().equals(state)))
                .map("    %s --> [*]\n"::formatted);
        return Stream.concat(steps.stream().map(Step::arrow), ends)
                .collect(joining("", "```mermaid\nstateDiagram-v2\n    direction LR\n" + start, "```\n"));
    }

    private static String table(List<Step> steps) {
        return steps.stream()
                .map(Step::name)
                .distinct()
                .map(name ->
                        steps.stream().filter(step -> step.name().equals(name)).toList())
                .map(step -> "| `%s` | %s | `%s` | %s |\n"
                        .formatted(
                                step.getFirst().name(),
                                step.stream()
                                        .map(each -> "`" + each.from() + "`")
                                        .collect(joining(", ")),
                                step.getFirst().to(),
                                step.getFirst().who()))
                .collect(joining("", "\n| step | from | to | who takes it |\n|---|---|---|---|\n", ""));
    }

    private static String meanings(Class<? extends Enum<?>> states) {
        var formatter = new CommentFormatter();
        return RuntimeJavadoc.getJavadoc(states).getEnumConstants().stream()
                .map(state -> "| `%s` | %s |\n".formatted(state.getName(), formatter.format(state.getComment())))
                .collect(joining("", "\n| state | means |\n|---|---|\n", ""));
    }

    private static Set<String> names(Enum<?>[]... types) {
        return Arrays.stream(types).flatMap(Arrays::stream).map(Enum::name).collect(toSet());
    }
}
