package io.reliablemessage.service.checkback;

import io.reliablemessage.api.CheckAnswers;
import io.reliablemessage.service.checkback.CheckbackAnswerStore.Lease;
import io.reliablemessage.webhook.Signature;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks that an answer is its application's: made for this check-back, at its time, with the application's secret. So
 * neither the worker that brings it nor anybody on its way can decide messages.
 */
@Component
class AnswerSignatures {

    private static final Duration MAX_SKEW = Duration.ofMinutes(5);

    private final CheckbackEndpoints endpoints;
    private final CheckbackMetrics metrics;

    AnswerSignatures(CheckbackEndpoints endpoints, CheckbackMetrics metrics) {
        this.endpoints = endpoints;
        this.metrics = metrics;
    }

    /** The id of a check-back, which its answer repeats. */
    static String idOf(UUID lease) {
        return "check_" + lease;
    }

    /** @return why the answer cannot be believed; empty: it is the application's */
    Optional<String> doubt(Lease lease, Map<String, String> headers, byte[] body) {
        var proof = endpoints.proof(lease.application());
        if (proof.answers() == CheckAnswers.UNSIGNED) {
            return Optional.empty();
        }
        var doubt = Optional.ofNullable(doubt(lease, Signature.read(headers).orElse(null), body, proof.secrets()));
        doubt.ifPresent(reason -> metrics.unproven());
        return doubt;
    }

    private static @Nullable String doubt(
            Lease lease, @Nullable Signature signature, byte[] body, List<byte[]> secrets) {
        if (signature == null) {
            return "not signed";
        }
        if (!signature.id().equals(idOf(lease.id()))) {
            return "signed for another check-back";
        }
        if (!isTimely(lease, signature.timestamp())) {
            return "signed at another time";
        }
        if (secrets.isEmpty()) {
            return "no secret that can be read"; // removed since the question, or encrypted with a key that is lost
        }
        return signature.isMadeOf(body, secrets) ? null : "signed with another secret";
    }

    /** Against the lease and not the clock: a report may come late, or again. */
    private static boolean isTimely(Lease lease, String timestamp) {
        try {
            var at = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return !at.isBefore(lease.leasedAt().minus(MAX_SKEW))
                    && !at.isAfter(lease.expiresAt().plus(MAX_SKEW));
        } catch (NumberFormatException | DateTimeException none) {
            return false;
        }
    }
}
