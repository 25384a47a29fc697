package io.reliablemessage.service.platform.database;

import java.sql.SQLException;
import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * Reads the rows of a statement that commits by itself. The driver has all of them when the first is read, so a failure
 * to read them is none of the statement's.
 */
public final class CommittedRows {

    private CommittedRows() {}

    public static <T> ResultSetExtractor<T> read(ResultSetExtractor<T> reader) {
        return rows -> {
            try {
                return reader.extractData(rows);
            } catch (RuntimeException | SQLException failure) {
                throw new SqlState.CommitFailed(failure);
            }
        };
    }
}
