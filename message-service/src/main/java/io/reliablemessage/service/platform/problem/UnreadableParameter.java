package io.reliablemessage.service.platform.problem;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;

/** Explains what is wrong with a query parameter in the caller's words. */
final class UnreadableParameter {

    private UnreadableParameter() {}

    static String explain(TypeMismatchException mismatch) {
        return explain(String.valueOf(mismatch.getPropertyName()), mismatch.getRequiredType());
    }

    static String explain(MethodArgumentNotValidException invalid) {
        return invalid.getFieldErrors().stream()
                .findFirst()
                .map(UnreadableParameter::explain)
                .orElse("A parameter has a wrong type or value.");
    }

    private static String explain(FieldError error) {
        return error.contains(TypeMismatchException.class)
                ? explain(error.unwrap(TypeMismatchException.class))
                : explain(error.getField(), null);
    }

    private static String explain(String parameter, @Nullable Class<?> type) {
        if (type != null && type.isEnum()) {
            return "Parameter '%s' takes %s.".formatted(parameter, Arrays.toString(type.getEnumConstants()));
        }
        return type == Instant.class
                ? "Parameter '%s' takes %s.".formatted(parameter, TakenForms.TIME)
                : "Parameter '%s' has a wrong type or value.".formatted(parameter);
    }
}
