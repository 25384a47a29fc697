package io.reliablemessage.faults.checkback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;

import io.reliablemessage.api.CheckbackAnswer;
import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.api.CheckbackQuestion;
import io.reliablemessage.faults.process.ServiceSettings;
import io.reliablemessage.webhook.Signature;
import io.reliablemessage.webhook.WebhookSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * The check URLs of applications, each with a path of its own. Nothing but sockets, since most of what they do no HTTP
 * library would. An application that was not told otherwise has committed everything.
 */
final class Endpoints implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern HEAD = Pattern.compile("POST /(\\S*) ");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
    private static final Pattern WEBHOOK = Pattern.compile("(?i)webhook-id: (\\S+)");
    private static final int WAITING = 200;

    private final ServerSocket server;
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final List<Ask> asks = new CopyOnWriteArrayList<>();

    Endpoints() {
        try {
            server = new ServerSocket(0, WAITING, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /**
     * A received check-back.
     *
     * @param webhookId differs from check-back to check-back
     * @param at in {@link System#nanoTime}
     */
    record Ask(String application, String webhookId, List<CheckbackQuestion.Message> messages, long at) {

        List<String> ids() {
            return messages.stream().map(CheckbackQuestion.Message::id).toList();
        }
    }

    /** An application's response to a check-back. */
    interface Behaviour {

        void on(Ask ask, OutputStream out) throws IOException, InterruptedException;

        static Behaviour decides(CheckbackDecision decision) {
            return (ask, out) -> sends(200, "", answer(decision, ask.ids())).on(ask, out);
        }

        static Behaviour sends(int status, String headers, String body) {
            return (ask, out) -> out.write("HTTP/1.1 %d X\r\n%s%sContent-Length: %d\r\n\r\n%s"
                    .formatted(status, headers, signed(ask, body), body.length(), body)
                    .getBytes(ISO_8859_1));
        }

        private static String signed(Ask ask, String body) {
            var signature = Signature.of(
                    List.of(WebhookSecrets.decoded("secret", ServiceSettings.SECRET)),
                    ask.webhookId(),
                    Instant.now().getEpochSecond(),
                    body.getBytes(ISO_8859_1));
            return signature.headers().entrySet().stream()
                    .map(header -> "%s: %s\r\n".formatted(header.getKey(), header.getValue()))
                    .collect(joining());
        }

        static Behaviour hangs() {
            return (ask, out) -> Thread.sleep(Duration.ofMinutes(10));
        }

        default Behaviour after(Duration time) {
            return (ask, out) -> {
                Thread.sleep(time);
                on(ask, out);
            };
        }

        /** This at first, and then the other one for ever. */
        default Behaviour then(Behaviour other) {
            var asked = new AtomicInteger();
            return (ask, out) -> (asked.getAndIncrement() == 0 ? this : other).on(ask, out);
        }
    }

    static String answer(CheckbackDecision decision, List<String> ids) {
        return JSON.writeValueAsString(new CheckbackAnswer(ids.stream()
                .map(id -> new CheckbackAnswer.Item(id, decision, null))
                .toList()));
    }

    String urlOf(String application) {
        return "http://127.0.0.1:%d/%s".formatted(server.getLocalPort(), application);
    }

    void on(String application, Behaviour behaviour) {
        behaviours.put(application, behaviour);
    }

    List<Ask> asksOf(String application) {
        return asks.stream()
                .filter(ask -> ask.application().equals(application))
                .toList();
    }

    /** The times of a message's check-backs, by {@link System#nanoTime}. */
    List<Long> timesOf(String id) {
        return asks.stream()
                .filter(ask -> ask.ids().contains(id))
                .map(Ask::at)
                .sorted()
                .toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var ask = read(socket.getInputStream());
            asks.add(ask);
            behaviours
                    .getOrDefault(ask.application(), Behaviour.decides(CheckbackDecision.COMMITTED))
                    .on(ask, socket.getOutputStream());
        } catch (IOException hungUp) {
            // whoever asked has had enough, or was killed
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static Ask read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                throw new IOException("hung up");
            }
            head.append((char) next);
        }
        var body = in.readNBytes(Integer.parseInt(first(LENGTH, head)));
        var question = JSON.readValue(body, CheckbackQuestion.class);
        return new Ask(first(HEAD, head), first(WEBHOOK, head), question.messages(), System.nanoTime());
    }

    private static String first(Pattern pattern, CharSequence text) throws IOException {
        var found = pattern.matcher(text);
        if (!found.find()) {
            throw new IOException("not asked as agreed: " + text);
        }
        return found.group(1);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
