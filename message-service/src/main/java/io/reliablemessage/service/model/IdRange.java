package io.reliablemessage.service.model;

import io.reliablemessage.service.platform.database.SqlArrays;
import java.util.Collection;
import java.util.Collections;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The bounds of some ids: {@code id BETWEEN :first AND :last} keeps a statement to the days that have them. */
public record IdRange(MessageId first, MessageId last) {

    public static IdRange of(Collection<MessageId> ids) {
        return new IdRange(Collections.min(ids), Collections.max(ids));
    }

    /** Binds ids as {@code ids}, in their order, and their bounds as {@code first} and {@code last}. */
    public static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Collection<MessageId> ids) {
        var range = of(ids);
        return statement
                .param("ids", SqlArrays.of("uuid", ids, MessageId::value))
                .param("first", range.first.value())
                .param("last", range.last.value());
    }
}
