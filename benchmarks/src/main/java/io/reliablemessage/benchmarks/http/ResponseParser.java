package io.reliablemessage.benchmarks.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Finds the end of a response in reads of any size. Serves one response after another. Not thread-safe. */
final class ResponseParser {

    private enum Expected {
        STATUS_LINE,
        HEADER,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    private final StringBuilder line = new StringBuilder();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Expected expected = Expected.STATUS_LINE;
    private int status;
    private int left;
    private boolean isChunked;
    private boolean isLast;

    /**
     * Takes bytes up to the response's end.
     *
     * @return whether that was reached; then {@link #response} has it, and what remains belongs to the next
     */
    boolean parse(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            var isAtEnd = switch (expected) {
                case BODY, CHUNK -> copy(bytes);
                default -> readLine(bytes) && takeLine();
            };
            if (isAtEnd) {
                expected = Expected.STATUS_LINE;
                return true;
            }
        }
        return false;
    }

    Response response() {
        return new Response(status, body.toString(UTF_8));
    }

    /** Whether the server closes the connection after this response. */
    boolean isLast() {
        return isLast;
    }

    private boolean copy(ByteBuffer bytes) {
        var count = Math.min(left, bytes.remaining());
        var copied = new byte[count];
        bytes.get(copied);
        body.write(copied, 0, count);
        left -= count;
        if (left == 0 && expected == Expected.CHUNK) {
            expected = Expected.CHUNK_END;
            return false;
        }
        return left == 0;
    }

    private boolean readLine(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            var next = (char) (bytes.get() & 0xff);
            if (next == '\n') {
                return true;
            }
            if (next != '\r') {
                line.append(next);
            }
        }
        return false;
    }

    private boolean takeLine() {
        var text = line.toString();
        line.setLength(0);
        switch (expected) {
            case STATUS_LINE -> begin(text);
            case HEADER -> {
                return text.isEmpty() ? endHead() : takeHeader(text);
            }
            case CHUNK_SIZE -> {
                left = Integer.parseInt(text.split(";", 2)[0].strip(), 16);
                expected = left == 0 ? Expected.TRAILER : Expected.CHUNK;
            }
            case CHUNK_END -> expected = Expected.CHUNK_SIZE;
            case TRAILER -> {
                return text.isEmpty();
            }
            case BODY, CHUNK -> throw new IllegalStateException("a body has no lines");
        }
        return false;
    }

    private void begin(String statusLine) {
        if (!statusLine.startsWith("HTTP/1.1 ") || statusLine.length() < 12) {
            throw new IllegalArgumentException("Not the beginning of a response: " + statusLine);
        }
        status = Integer.parseInt(statusLine, 9, 12, 10);
        body.reset();
        left = -1;
        isChunked = false;
        isLast = false;
        expected = Expected.HEADER;
    }

    private boolean takeHeader(String header) {
        var colon = header.indexOf(':');
        var value = header.substring(colon + 1).strip();
        switch (header.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT)) {
            case "content-length" -> left = Integer.parseInt(value);
            case "transfer-encoding" -> isChunked = value.equalsIgnoreCase("chunked");
            case "connection" -> isLast = value.equalsIgnoreCase("close");
            default -> {}
        }
        return false;
    }

    private boolean endHead() {
        if (isChunked) {
            expected = Expected.CHUNK_SIZE;
            return false;
        }
        if (status == 204 || status == 304) {
            return true;
        }
        if (left < 0) {
            throw new IllegalArgumentException("A response of unknown length, status " + status);
        }
        expected = Expected.BODY;
        return left == 0;
    }
}
