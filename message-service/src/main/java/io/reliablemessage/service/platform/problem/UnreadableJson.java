package io.reliablemessage.service.platform.problem;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Explains what is wrong with a body in the caller's words; Jackson's own messages name our classes. */
public final class UnreadableJson {

    private static final int MAX_LENGTH = 120;

    /** Of the parser's texts: how it could be made to take more, and where it saw the beginning. */
    private static final Pattern ADVICE = Pattern.compile(
            ", from `[^`]*`|: (maybe|enable) .*| ?\\((for|start marker|not recognized|JSON String|use) .*",
            Pattern.DOTALL);

    private UnreadableJson() {}

    public static String explain(Throwable cause) {
        return switch (cause) {
            case UnrecognizedPropertyException unknown -> "Unknown member '%s'.".formatted(pathOf(unknown));
            case StreamConstraintsException excessive ->
                "The body is too deep, or has too long a number or name: %s.".formatted(textOf(excessive));
            case StreamReadException broken ->
                "The body is not the JSON it should be, at line %d, column %d: %s."
                        .formatted(
                                broken.getLocation().getLineNr(),
                                broken.getLocation().getColumnNr(),
                                textOf(broken));
            case InvalidNullException absent ->
                "Member '%s' must not be null; give a value, or leave it out.".formatted(pathOf(absent));
            case InvalidFormatException malformed -> explainValue(malformed);
            case JacksonException mismatch -> explainMismatch(mismatch);
            default -> "The body is missing or cannot be read.";
        };
    }

    private static String textOf(JacksonException broken) {
        var text = ADVICE.matcher(broken.getOriginalMessage()).replaceAll("").replace("Object property", "member");
        return OneLine.of(text, MAX_LENGTH);
    }

    private static String explainValue(InvalidFormatException malformed) {
        var type = malformed.getTargetType();
        if (type.isEnum()) {
            return "Member '%s' takes %s.".formatted(pathOf(malformed), Arrays.toString(type.getEnumConstants()));
        }
        if (type == Duration.class) {
            return "Member '%s' takes %s.".formatted(pathOf(malformed), TakenForms.DURATION);
        }
        if (type == Instant.class) {
            return "Member '%s' takes %s.".formatted(pathOf(malformed), TakenForms.TIME);
        }
        return explainMismatch(malformed);
    }

    private static String explainMismatch(JacksonException mismatch) {
        return mismatch.getPath().isEmpty()
                ? "The body is not a JSON object of the form this call takes."
                : "Member '%s' has a wrong type or value.".formatted(pathOf(mismatch));
    }

    private static String pathOf(JacksonException problem) {
        return problem.getPath().stream().map(UnreadableJson::step).collect(Collectors.joining("."));
    }

    private static String step(Reference reference) {
        var name = reference.getPropertyName();
        return name == null ? Integer.toString(reference.getIndex()) : OneLine.of(name, MAX_LENGTH);
    }
}
