package io.reliablemessage.spring;

import java.time.Duration;
import java.util.List;

/**
 * Settings of a {@link MessageProducer}.
 *
 * @param mode how messages are sent that do not say so themselves; default: half messages
 * @param fallback when half messages cannot be stored before the commit; default: the commit fails
 * @param prepareTimeout for storing all half messages of a transaction, which holds its locks meanwhile; default 1 s, at
 *     most a minute; never longer than the transaction's own timeout
 * @param keepPayload rows keep their payload for so long after they were settled, so that a restored service can get it
 *     back; default 24 h. Zero: what a restore loses is lost
 * @param keepId rows stay for so long after they were settled; default and least 7 days, since check-backs may ask
 * @param tablePrefix in place of {@code rm_}; may begin with a schema, as in {@code app.rm_}
 * @param checkSecrets verify check-backs and sign their answers ({@code whsec_…}): the one in use first, then the one
 *     before. Empty: the endpoint refuses everything
 */
public record ProducerSettings(
        SendMode mode,
        Fallback fallback,
        Duration prepareTimeout,
        Duration keepPayload,
        Duration keepId,
        String tablePrefix,
        List<String> checkSecrets) {

    // before the constant that is checked against it
    private static final Duration MAX_PREPARE_TIMEOUT = Duration.ofMinutes(1);

    public static final ProducerSettings DEFAULT = new ProducerSettings(
            SendMode.HALF,
            Fallback.NONE,
            Duration.ofSeconds(1),
            Duration.ofHours(24),
            Duration.ofDays(7),
            "rm_",
            List.of());

    public ProducerSettings {
        checkSecrets = List.copyOf(checkSecrets);
        if (prepareTimeout.isNegative()
                || prepareTimeout.isZero()
                || prepareTimeout.compareTo(MAX_PREPARE_TIMEOUT) > 0) {
            throw new IllegalArgumentException("prepareTimeout is " + prepareTimeout
                    + ", but takes more than 0, at most a minute: locks are held meanwhile");
        }
        if (keepPayload.isNegative()) {
            throw new IllegalArgumentException("keepPayload is " + keepPayload + ", but takes 0 or more");
        }
        if (keepId.compareTo(Duration.ofDays(7)) < 0) {
            throw new IllegalArgumentException(
                    "keepId is " + keepId + ", but takes 7 days or more: the service may still ask for these messages");
        }
    }

    public ProducerSettings withMode(SendMode changed) {
        return new ProducerSettings(changed, fallback, prepareTimeout, keepPayload, keepId, tablePrefix, checkSecrets);
    }

    public ProducerSettings withFallback(Fallback changed) {
        return new ProducerSettings(mode, changed, prepareTimeout, keepPayload, keepId, tablePrefix, checkSecrets);
    }

    public ProducerSettings withPrepareTimeout(Duration changed) {
        return new ProducerSettings(mode, fallback, changed, keepPayload, keepId, tablePrefix, checkSecrets);
    }

    public ProducerSettings withKeepPayload(Duration changed) {
        return new ProducerSettings(mode, fallback, prepareTimeout, changed, keepId, tablePrefix, checkSecrets);
    }

    public ProducerSettings withKeepId(Duration changed) {
        return new ProducerSettings(mode, fallback, prepareTimeout, keepPayload, changed, tablePrefix, checkSecrets);
    }

    public ProducerSettings withTablePrefix(String changed) {
        return new ProducerSettings(mode, fallback, prepareTimeout, keepPayload, keepId, changed, checkSecrets);
    }

    public ProducerSettings withCheckSecrets(List<String> changed) {
        return new ProducerSettings(mode, fallback, prepareTimeout, keepPayload, keepId, tablePrefix, changed);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "ProducerSettings[mode=" + mode + ", fallback=" + fallback + ", prepareTimeout=" + prepareTimeout
                + ", keepPayload=" + keepPayload + ", keepId=" + keepId + ", tablePrefix=" + tablePrefix + "]";
    }
}
