package io.reliablemessage.faults.checkback;

import static io.reliablemessage.api.CheckbackDecision.COMMITTED;
import static io.reliablemessage.faults.checkback.Endpoints.Behaviour.sends;
import static io.reliablemessage.faults.checkback.Endpoints.answer;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reliablemessage.client.MessageIds;
import io.reliablemessage.faults.checkback.Endpoints.Ask;
import io.reliablemessage.faults.checkback.Endpoints.Behaviour;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** Faulty check endpoints. Most of them would answer COMMITTED, if such an answer were believed. */
@SuppressWarnings("ImmutableEnumChecker") // a behaviour here keeps nothing
enum FaultyEndpoint {
    REFUSES("UNKNOWN (UNREACHABLE)", Behaviour.hangs()), // registered where nobody listens
    SLOW_HEADERS("UNKNOWN (TIMEOUT)", drips(ask -> "HTTP/1.1 200 OK\r\n", "X-A: b\r\n")),
    BYTE_BY_BYTE("UNKNOWN (TIMEOUT)", drips(ask -> "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + yes(ask), " ")),
    REDIRECTS("UNKNOWN (status 307)", sends(307, "Location: /" + FaultyEndpoint.ELSEWHERE + "\r\n", "")),
    HTML("UNKNOWN (not understood)", sends(200, "Content-Type: text/html\r\n", "<html>COMMITTED</html>")),
    ERROR_JSON("UNKNOWN (not understood)", sends(200, "", "{\"error\":\"COMMITTED\"}")),
    UNSIGNED(
            "UNKNOWN (not signed)",
            (ask, out) -> out.write("HTTP/1.1 200 X\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(yes(ask).length(), yes(ask))
                    .getBytes(ISO_8859_1))),
    NO_CONTENT("UNKNOWN (status 204)", (ask, out) -> out.write("HTTP/1.1 204 X\r\n\r\n".getBytes(ISO_8859_1))),
    NOT_FOUND("UNKNOWN (status 404)", (ask, out) -> sends(404, "", yes(ask)).on(ask, out)),
    FAILS("UNKNOWN (status 500)", (ask, out) -> sends(500, "", yes(ask)).on(ask, out)),
    ENDLESS("UNKNOWN (TOO_LARGE)", (ask, out) -> {
        out.write(("HTTP/1.1 200 OK\r\n\r\n" + yes(ask)).getBytes(ISO_8859_1));
        while (true) {
            out.write(" ".repeat(8192).getBytes(ISO_8859_1));
        }
    }),
    BOMB(
            "UNKNOWN (not understood)",
            (ask, out) -> sends(200, "Content-Encoding: gzip\r\n", bomb(ask)).on(ask, out)),
    WRONG_ID(
            "UNKNOWN (names none of the messages asked about)",
            (ask, out) -> sends(200, "", answer(COMMITTED, List.of(MessageIds.next())))
                    .on(ask, out)),
    FOREIGN_ID(
            "UNKNOWN (names none of the messages asked about)",
            (ask, out) -> sends(200, "", answer(COMMITTED, List.of(foreign()))).on(ask, out));

    /** An address that must never receive a check-back. */
    static final String ELSEWHERE = "elsewhere";

    private static final String FOREIGN = MessageIds.next();
    private static final int PAUSE_MILLIS = 200;
    private static final int BOMB_BYTES = 10 * 1024 * 1024;

    private final String becomes;
    private final Behaviour behaviour;

    FaultyEndpoint(String becomes, Behaviour behaviour) {
        this.becomes = becomes;
        this.behaviour = behaviour;
    }

    /** As the ledger remembers the last answer. */
    String becomes() {
        return becomes;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    String application() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A message of somebody else. */
    static String foreign() {
        return FOREIGN;
    }

    private static String yes(Ask ask) {
        return answer(COMMITTED, ask.ids());
    }

    private static Behaviour drips(Function<Ask, String> first, String drop) {
        return (ask, out) -> {
            out.write(first.apply(ask).getBytes(ISO_8859_1));
            while (true) {
                out.write(drop.getBytes(ISO_8859_1));
                Thread.sleep(PAUSE_MILLIS);
            }
        };
    }

    private static String bomb(Ask ask) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write((yes(ask) + " ".repeat(BOMB_BYTES)).getBytes(ISO_8859_1));
        }
        return bytes.toString(ISO_8859_1);
    }
}
