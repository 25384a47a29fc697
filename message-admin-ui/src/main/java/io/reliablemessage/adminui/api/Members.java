package io.reliablemessage.adminui.api;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that a record which was read has all its members: for a missing one, a mapper leaves null. */
final class Members {

    private Members() {}

    static boolean areComplete(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Collection<?> all -> all.stream().allMatch(Members::areComplete);
            case Map<?, ?> all -> all.values().stream().allMatch(Members::areComplete);
            case Record members ->
                Arrays.stream(members.getClass().getRecordComponents()).allMatch(member -> isComplete(member, members));
            default -> true;
        };
    }

    private static boolean isComplete(RecordComponent member, Record members) {
        var value = valueOf(member, members);
        var mayBeMissing = member.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return value == null ? mayBeMissing : areComplete(value);
    }

    private static @Nullable Object valueOf(RecordComponent member, Record members) {
        try {
            return member.getAccessor().invoke(members);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a public record hides " + member, impossible);
        }
    }
}
