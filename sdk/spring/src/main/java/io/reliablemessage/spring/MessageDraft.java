package io.reliablemessage.spring;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A message that is being described; made by {@link ReliableMessages#to}. Not safe for use by several threads. */
public final class MessageDraft {

    private static final String TYPE_HEADER = "type";

    private final String topic;
    private final BiFunction<MessageDraft, @Nullable Object, String> sender;
    private final Map<String, String> headers = new TreeMap<>();
    private @Nullable String key;
    private @Nullable String payloadEncoding;
    private @Nullable String contentType;
    private @Nullable Instant deliverAt;
    private @Nullable Duration delay;
    private @Nullable Duration checkAfter;
    private @Nullable SendMode mode;

    MessageDraft(String topic, BiFunction<MessageDraft, @Nullable Object, String> sender) {
        this.topic = topic;
        this.sender = sender;
    }

    /** Business key, such as an order number. */
    public MessageDraft key(String key) {
        this.key = key;
        return this;
    }

    /** The name of the event, as header {@code type}. */
    public MessageDraft type(String type) {
        return header(TYPE_HEADER, type);
    }

    /** Handed to consumers as an AMQP header. */
    public MessageDraft header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Default: {@code application/json}, {@code text/plain;charset=utf-8} or {@code application/octet-stream}. */
    public MessageDraft contentType(String contentType) {
        this.contentType = contentType;
        return this;
    }

    /** Not delivered before this time; at most 30 days ahead. */
    public MessageDraft deliverAt(Instant time) {
        this.deliverAt = time;
        this.delay = null;
        return this;
    }

    /** Not delivered before this time has passed since {@code send}. */
    public MessageDraft delay(Duration delay) {
        this.delay = delay;
        this.deliverAt = null;
        return this;
    }

    /** How long the transaction may take before the service asks for it; default: the topic's. */
    public MessageDraft checkAfter(Duration checkAfter) {
        this.checkAfter = checkAfter;
        return this;
    }

    /** Instead of the producer's mode. */
    public MessageDraft mode(SendMode mode) {
        this.mode = mode;
        return this;
    }

    /**
     * Writes the message into the current transaction.
     *
     * @param payload written as JSON; {@link io.reliablemessage.api.RawJson} for what is JSON already
     * @return the message's id
     * @throws IllegalStateException there is no transaction that it could be written in
     * @throws IllegalArgumentException the message can never be sent
     */
    public String send(@Nullable Object payload) {
        return sender.apply(this, payload);
    }

    /** The same with a payload of text. */
    public String sendText(String text) {
        payloadEncoding = "text";
        return sender.apply(this, text);
    }

    /** The same with a payload of bytes. */
    public String sendBytes(byte[] bytes) {
        payloadEncoding = "base64";
        return sender.apply(this, bytes);
    }

    String topic() {
        return topic;
    }

    /** An empty one is refused with the rest of what cannot be sent. */
    String key() {
        return key == null ? "" : key;
    }

    Map<String, String> headers() {
        return headers;
    }

    @Nullable
    String payloadEncoding() {
        return payloadEncoding;
    }

    @Nullable
    String contentType() {
        return contentType;
    }

    @Nullable
    Instant deliverAt() {
        return deliverAt;
    }

    @Nullable
    Duration delay() {
        return delay;
    }

    @Nullable
    Duration checkAfter() {
        return checkAfter;
    }

    SendMode modeOr(SendMode other) {
        return mode == null ? other : mode;
    }
}
