package io.reliablemessage.service.platform.problem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Sends raw bytes that no HTTP client would send. */
final class RawConnection implements AutoCloseable {

    private static final int MAX_SILENCE = 30_000; // the first description of the API takes long

    private final Socket socket;

    RawConnection(Service service) {
        var address = URI.create(service.address());
        try {
            socket = new Socket(address.getHost(), address.getPort());
            socket.setSoTimeout(MAX_SILENCE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends one request and reads one answer. */
    static Answer exchange(Service service, String request) {
        try (var connection = new RawConnection(service)) {
            connection.send(request);
            return connection.receive();
        }
    }

    /** @param text its characters are the bytes */
    void send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whether something of an answer is there. */
    boolean isAnswered() {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Answer receive() {
        try {
            var in = socket.getInputStream();
            var status = Integer.parseInt(line(in).split(" ", 3)[1]);
            var headers = headers(in);
            var body = status < 200 ? "" : body(in, headers);
            return new Answer(
                    status,
                    headers,
                    body.startsWith("{")
                            ? new JsonMapper().readTree(body)
                            : new JsonMapper().getNodeFactory().stringNode(body));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static HttpHeaders headers(InputStream in) throws IOException {
        var lines = Stream.<String>builder();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        var headers = lines.build()
                .map(line -> line.split(": ?", 2))
                .collect(groupingBy(header -> header[0], mapping(header -> header[1], toList())));
        return HttpHeaders.of(Map.copyOf(headers), (name, value) -> true);
    }

    private static String body(InputStream in, HttpHeaders headers) throws IOException {
        if (headers.firstValue("Transfer-Encoding").isPresent()) {
            var body = new ByteArrayOutputStream();
            for (var size = chunkSize(in); size > 0; size = chunkSize(in)) {
                body.write(in.readNBytes(size));
                line(in);
            }
            return body.toString(UTF_8);
        }
        var length = headers.firstValue("Content-Length").map(Integer::parseInt);
        return new String(length.isPresent() ? in.readNBytes(length.get()) : in.readAllBytes(), UTF_8);
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the service hung up after '%s'".formatted(line));
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
