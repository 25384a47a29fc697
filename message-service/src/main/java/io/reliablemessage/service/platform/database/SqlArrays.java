package io.reliablemessage.service.platform.database;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/** Columns of a batch as SQL arrays. */
public final class SqlArrays {

    private SqlArrays() {}

    /** One value per row, as an array of the SQL type, in the rows' order. */
    public static <T> SqlArrayValue of(
            String type, Collection<T> rows, Function<? super T, ? extends @Nullable Object> column) {
        return new SqlArrayValue(
                type, rows.stream().<@Nullable Object>map(column).toArray());
    }

    /** The same for {@code bytea}: the driver takes an {@code Object[]} of bytes for a matrix. */
    public static <T> SqlArrayValue ofBytes(Collection<T> rows, Function<? super T, byte[]> column) {
        return new SqlArrayValue("bytea", (Object[]) rows.stream().map(column).toArray(byte[][]::new));
    }
}
