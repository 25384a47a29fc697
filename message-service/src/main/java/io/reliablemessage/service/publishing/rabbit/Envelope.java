package io.reliablemessage.service.publishing.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.reliablemessage.api.Headers;
import io.reliablemessage.service.model.Dispatch;
import io.reliablemessage.service.model.Trace;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps a delivery to AMQP properties. */
final class Envelope {

    private static final int PERSISTENT = 2;

    private Envelope() {}

    /** @param trace for the consumer to continue */
    static BasicProperties of(Dispatch dispatch, Trace trace) {
        var content = dispatch.content();
        return new BasicProperties.Builder()
                .messageId(dispatch.id().toString())
                .type(content.topic())
                .appId(content.producer())
                .timestamp(Date.from(content.createdAt()))
                .contentType(content.contentType())
                .deliveryMode(PERSISTENT)
                .headers(headers(dispatch, trace))
                .build();
    }

    private static Map<String, Object> headers(Dispatch dispatch, Trace trace) {
        var content = dispatch.content();
        var headers = new HashMap<String, Object>(content.headers());
        headers.put(Headers.SUBSCRIPTION, dispatch.subscription());
        headers.put(Headers.ATTEMPT, dispatch.attempt());
        headers.put(Headers.KEY, content.key());
        putIfThere(headers, Headers.TRACE_PARENT, trace.parent());
        putIfThere(headers, Headers.TRACE_STATE, trace.state());
        return headers;
    }

    private static void putIfThere(Map<String, Object> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }
}
