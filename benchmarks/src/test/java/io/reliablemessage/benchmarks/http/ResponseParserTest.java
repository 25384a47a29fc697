package io.reliablemessage.benchmarks.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {

    private static final String OF_KNOWN_LENGTH =
            "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\ncontent-length: 8\r\n\r\n{\"ü\":1}";
    private static final String CHUNKED =
            "HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n[1,2\r\nA;x=y\r\n,\r\n3,4,5]\n\r\n0\r\nTrailer: z\r\n\r\n";
    private static final String WITHOUT_BODY = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

    private final ResponseParser parser = new ResponseParser();

    @Test
    void readsABodyOfKnownLength() {
        assertThat(parser.parse(bytes(OF_KNOWN_LENGTH))).isTrue();

        assertThat(parser.response()).isEqualTo(new Response(201, "{\"ü\":1}"));
        assertThat(parser.isLast()).isFalse();
    }

    @Test
    void readsAnEmptyBody() {
        assertThat(parser.parse(bytes("HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n")))
                .isTrue();

        assertThat(parser.response()).isEqualTo(new Response(503, ""));
        assertThat(parser.response().isSuccess()).isFalse();
    }

    @Test
    void readsChunksAndWhatFollowsThem() {
        assertThat(parser.parse(bytes(CHUNKED))).isTrue();

        assertThat(parser.response()).isEqualTo(new Response(200, "[1,2,\r\n3,4,5]\n"));
    }

    @Test
    void learnsThatTheServerWillClose() {
        assertThat(parser.parse(bytes(WITHOUT_BODY))).isTrue();

        assertThat(parser.isLast()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {OF_KNOWN_LENGTH, CHUNKED, WITHOUT_BODY})
    void findsTheSameEndHoweverTheResponseIsSplit(String text) {
        var whole = new ResponseParser();
        whole.parse(bytes(text));

        var length = bytes(text).remaining();
        for (var step = 1; step < length; step++) {
            var split = new ResponseParser();
            var isComplete = false;
            for (var from = 0; from < length; from += step) {
                assertThat(isComplete).isFalse();
                isComplete = split.parse(bytes(text).slice(from, Math.min(step, length - from)));
            }
            assertThat(isComplete).isTrue();
            assertThat(split.response()).isEqualTo(whole.response());
        }
    }

    @Test
    void leavesTheNextResponseAlone() {
        var both = bytes(OF_KNOWN_LENGTH + CHUNKED);

        assertThat(parser.parse(both)).isTrue();
        assertThat(parser.response().status()).isEqualTo(201);
        assertThat(parser.parse(both)).isTrue();
        assertThat(parser.response().status()).isEqualTo(200);
        assertThat(both.hasRemaining()).isFalse();
    }

    @Test
    void refusesWhatItCouldOnlyGuess() {
        assertThatThrownBy(() -> parser.parse(bytes("HTTP/1.1 200 OK\r\n\r\n"))).hasMessageContaining("unknown length");
        assertThatThrownBy(() -> new ResponseParser().parse(bytes("SSH-2.0-OpenSSH\r\n")))
                .hasMessageContaining("Not the beginning");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
