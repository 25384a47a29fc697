package io.reliablemessage.service.publishing.rabbit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A frame of AMQP 0-9-1: type, channel, length, payload, end. */
record AmqpFrame(ByteBuffer buffer) {

    private static final int HEADER = 7;
    private static final byte METHOD = 1;
    private static final byte END = (byte) 0xCE;

    private static final int CONNECTION_BLOCKED = method(10, 60);
    private static final int CONNECTION_UNBLOCKED = method(10, 61);
    private static final int CHANNEL_CLOSE = method(20, 40);
    private static final int CHANNEL_CLOSE_OK = method(20, 41);
    private static final int BASIC_PUBLISH = method(60, 40);
    private static final int BASIC_ACK = method(60, 80);
    private static final int BASIC_NACK = method(60, 120);

    static AmqpFrame read(DataInputStream in) throws IOException {
        var header = new byte[HEADER];
        in.readFully(header);
        var length = ByteBuffer.wrap(header).getInt(3);
        var frame = ByteBuffer.allocate(HEADER + length + 1).put(header);
        in.readFully(frame.array(), HEADER, length + 1);
        return new AmqpFrame(frame);
    }

    static AmqpFrame blocked() {
        return of(0, ByteBuffer.allocate(5).putInt(CONNECTION_BLOCKED).put((byte) 0));
    }

    static AmqpFrame unblocked() {
        return of(0, ByteBuffer.allocate(4).putInt(CONNECTION_UNBLOCKED));
    }

    static AmqpFrame closeChannel(int channel, int code, String reason) {
        var text = reason.getBytes(UTF_8);
        return of(
                channel,
                ByteBuffer.allocate(4 + 2 + 1 + text.length + 4)
                        .putInt(CHANNEL_CLOSE)
                        .putShort((short) code)
                        .put((byte) text.length)
                        .put(text)
                        .putInt(BASIC_PUBLISH));
    }

    private static AmqpFrame of(int channel, ByteBuffer payload) {
        var bytes = payload.array();
        return new AmqpFrame(ByteBuffer.allocate(HEADER + bytes.length + 1)
                .put(METHOD)
                .putShort((short) channel)
                .putInt(bytes.length)
                .put(bytes)
                .put(END));
    }

    int channel() {
        return buffer.getShort(1);
    }

    boolean isPublish() {
        return is(BASIC_PUBLISH);
    }

    boolean isChannelCloseOk() {
        return is(CHANNEL_CLOSE_OK);
    }

    /** An ack and a nack have the same arguments. */
    AmqpFrame nackIfAck() {
        if (is(BASIC_ACK)) {
            buffer.putInt(HEADER, BASIC_NACK);
        }
        return this;
    }

    byte[] bytes() {
        return buffer.array();
    }

    private boolean is(int method) {
        return buffer.get(0) == METHOD && buffer.getInt(HEADER) == method;
    }

    private static int method(int ofClass, int method) {
        return ofClass << 16 | method;
    }
}
