package io.reliablemessage.test.internal.checkbacks;

import static io.reliablemessage.api.CheckbackDecision.ROLLED_BACK;
import static io.reliablemessage.api.CheckbackDecision.UNKNOWN;

import io.reliablemessage.api.CheckbackDecision;
import io.reliablemessage.test.internal.http.Json;
import io.reliablemessage.test.internal.http.Members;
import io.reliablemessage.test.internal.http.MessageId;
import io.reliablemessage.test.internal.http.Problem;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A producer's answer to a check-back, believed as the service believes it.
 *
 * @param doubt why it is not, or that there is none; null: it is
 * @param body read as far as it is believed
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one call
record CheckbackReply(CheckbackDecision decision, @Nullable String doubt, byte[] body) {

    private static final int OK = 200;
    private static final int MAX_BODY = 64 * 1024;
    private static final Duration MAX_SKEW = Duration.ofMinutes(5);

    static CheckbackReply unknown(String doubt) {
        return new CheckbackReply(UNKNOWN, doubt, new byte[0]);
    }

    static CheckbackReply unsigned(HttpResponse<byte[]> response) {
        if (response.statusCode() != OK) {
            return unknown("status " + response.statusCode());
        }
        return response.body().length > MAX_BODY
                ? unknown("TOO_LARGE")
                : new CheckbackReply(UNKNOWN, null, response.body());
    }

    static CheckbackReply signed(HttpResponse<byte[]> response, String id, Instant asked, List<byte[]> secrets) {
        var reply = unsigned(response);
        if (reply.doubt() != null) {
            return reply;
        }
        var signature = new Signature(
                header(response, Signature.ID),
                header(response, Signature.TIMESTAMP),
                header(response, Signature.SIGNATURES));
        if (signature.signatures().isEmpty()) {
            return unknown("not signed");
        }
        if (!signature.id().equals(id)) {
            return unknown("signed for another check-back");
        }
        if (!isTimely(signature.timestamp(), asked)) {
            return unknown("signed at another time");
        }
        return signature.isMadeOf(response.body(), secrets) ? reply : unknown("signed with another secret");
    }

    /** The answer about one message; a rollback only from the store that the message names. */
    CheckbackReply about(MessageId id, @Nullable String checkRef) {
        if (doubt != null) {
            return this;
        }
        try {
            var items = items().stream()
                    .filter(item -> id.toString().equalsIgnoreCase(item.text("id")))
                    .toList();
            var decisions = items.stream().map(CheckbackReply::decisionOf).collect(Collectors.toSet());
            var decided = decisions.size() == 1 ? decisions.iterator().next() : UNKNOWN;
            var isForeign = checkRef != null && items.stream().anyMatch(item -> !checkRef.equals(item.text("store")));
            return decided == ROLLED_BACK && isForeign
                    ? new CheckbackReply(UNKNOWN, "ROLLED_BACK by another store", body)
                    : new CheckbackReply(
                            decided, items.isEmpty() ? "names none of the messages asked about" : null, body);
        } catch (Problem garbage) {
            return unknown("not understood");
        }
    }

    /** As the ledger and the timeline store it. */
    String text() {
        return doubt == null ? decision.name() : "%s (%s)".formatted(decision, doubt);
    }

    private List<Members> items() {
        var decisions = Json.members(body);
        var items = decisions.get("decisions");
        if (items == null || decisions.size() > 1) {
            throw Problem.malformed("The answer has one member, decisions.");
        }
        return Json.items(items.bytes()).orElse(List.of()).stream()
                .map(item -> Members.of(item.bytes(), Set.of("id", "decision", "store")))
                .toList();
    }

    private static CheckbackDecision decisionOf(Members item) {
        return Arrays.stream(CheckbackDecision.values())
                .filter(decision -> decision.name().equals(item.text("decision")))
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static boolean isTimely(String timestamp, Instant asked) {
        try {
            var at = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(asked, at).abs().compareTo(MAX_SKEW) <= 0;
        } catch (NumberFormatException | DateTimeException none) {
            return false;
        }
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
