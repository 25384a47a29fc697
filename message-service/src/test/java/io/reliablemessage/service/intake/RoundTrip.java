package io.reliablemessage.service.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.GetResponse;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.QueueConsumer;
import io.reliablemessage.service.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Messages that are sent and come out of the broker again. */
final class RoundTrip implements AutoCloseable {

    static final String ALL_WIDTHS = "aé中😀";

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();
    private final QueueConsumer tap = new QueueConsumer(service, route.queue());

    MessageFlow route() {
        return route;
    }

    GetResponse delivered(Map<String, ?> members) {
        return delivery(sent(members));
    }

    Answer sent(Map<String, ?> members) {
        var message = new LinkedHashMap<String, Object>(Map.of("topic", route.topic(), "key", "A-1"));
        message.putAll(members);
        return sent(new JsonMapper().writeValueAsString(message));
    }

    Answer sent(String body) {
        return service.as(Key.PRODUCER).post("/messages", body);
    }

    /** Skips what other tests left in the queue. */
    GetResponse delivery(Answer sent) {
        assertThat(sent.status()).as("%s", sent.body()).isIn(200, 201);
        var next = tap.next();
        while (!sent.id().equals(next.getProps().getMessageId())) {
            next = tap.next();
        }
        return next;
    }

    /** As many bytes of UTF-8, in characters of all widths as far as they fit. */
    static String ofBytes(int length) {
        var width = ALL_WIDTHS.getBytes(UTF_8).length;
        return ALL_WIDTHS.repeat(length / width) + "x".repeat(length % width);
    }

    @Override
    public void close() {
        try {
            tap.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
