package io.reliablemessage.service.intake;

import io.reliablemessage.service.intake.HalfMessage.Timing;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.model.Trace;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Runs the statements that store half messages, for tests of plans. */
public final class PrepareStatements {

    private final PrepareStore store;

    public PrepareStatements(JdbcClient jdbc, LedgerProperties properties) {
        store = new PrepareStore(jdbc, new JsonMapper(), properties);
    }

    public void prepare(String topic, List<MessageId> ids) {
        store.prepare(ids.stream().map(id -> message(topic, id)).toList());
    }

    private static HalfMessage message(String topic, MessageId id) {
        var timing = new Timing(null, null, null, null);
        return new HalfMessage(
                id, "shop", topic, "A-1", new byte[1], "a/b", Map.of(), new byte[32], timing, Trace.NONE);
    }
}
