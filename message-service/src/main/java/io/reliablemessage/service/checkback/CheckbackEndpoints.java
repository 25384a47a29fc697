package io.reliablemessage.service.checkback;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.NOT_ASKED;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;

import io.reliablemessage.api.ApplicationRequest;
import io.reliablemessage.api.ApplicationView;
import io.reliablemessage.api.CheckAnswers;
import io.reliablemessage.service.checkback.CheckbackEndpointStore.Settings;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.database.UnsafeSetting;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.webhook.AddressRules;
import io.reliablemessage.webhook.WebhookSecrets;
import io.reliablemessage.webhook.WebhookSecrets.SealedSecret;
import io.reliablemessage.webhook.WebhookSecrets.UnreadableSecret;
import io.reliablemessage.webhook.WebhookUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Keeps the check URLs of applications, and the secrets that sign the requests. */
@Component
public class CheckbackEndpoints {

    private final CheckbackEndpointStore store;
    private final WebhookSecrets secrets;
    private final AddressRules rules;
    private final CheckUrlHosts hosts;
    private final LedgerTransactions ledger;

    CheckbackEndpoints(
            CheckbackEndpointStore store,
            WebhookSecrets secrets,
            AddressRules rules,
            CheckUrlHosts hosts,
            LedgerTransactions ledger) {
        this.store = store;
        this.secrets = secrets;
        this.rules = rules;
        this.hosts = hosts;
        this.ledger = ledger;
    }

    /**
     * The endpoint of an application.
     *
     * @param secrets each signs the requests, so that a replica that knows only one of them can check it
     * @param failures check-backs in a row without any answer
     */
    public record Endpoint(String application, String url, List<byte[]> secrets, int failures, boolean isProbeDue) {

        @Override
        public String toString() {
            return "Endpoint[application=%s, url=%s]".formatted(application, url);
        }
    }

    /**
     * How the answers of an application prove that they are its own.
     *
     * @param secrets one of them has signed an answer
     */
    record Proof(CheckAnswers answers, List<byte[]> secrets) {}

    /** @param isReachable false at start, when name servers may be away: a host is looked up on the call */
    public ApplicationView register(String application, ApplicationRequest request, boolean isReachable) {
        var url = request.checkUrl();
        var secret = request.checkSecret();
        var requireCheckRef = Boolean.TRUE.equals(request.requireCheckRef());
        if (url == null) {
            Names.require(secret == null, "checkSecret makes no sense without checkUrl.");
            Names.require(request.checkAnswers() == null, "checkAnswers makes no sense without checkUrl.");
            store.remove(application, requireCheckRef);
            return new ApplicationView(application, null, null, requireCheckRef);
        }
        var answers = Objects.requireNonNullElse(request.checkAnswers(), CheckAnswers.SIGNED);
        var settings = new Settings(answers, requireCheckRef);
        var called = valid(() -> WebhookUrl.checked(
                "checkUrl", url, rules, isReachable, host -> addresses(application, host, isReachable)));
        var isStored = secret == null
                ? store.move(application, called, settings)
                : put(application, called, settings, valid(() -> WebhookSecrets.decoded("checkSecret", secret)));
        Names.require(isStored, "checkSecret is missing, and none was stored before.");
        return new ApplicationView(application, called, answers, requireCheckRef);
    }

    private boolean put(String application, String url, Settings settings, byte[] secret) {
        var sealed = secrets.seal(application, secret);
        Names.require(
                sealed.isPresent(),
                "This service cannot keep secrets: its operator has to set message-service.registry.secret-keys.");
        return ledger.commit(() -> {
            var isKnown = store.lockSecrets(application)
                    .flatMap(stored -> opened(application, stored.current()))
                    .filter(current -> MessageDigest.isEqual(current, secret))
                    .isPresent();
            return store.put(application, url, settings, sealed.orElseThrow(), !isKnown);
        });
    }

    /** Empty: its key is not configured any more. */
    private Optional<byte[]> opened(String application, SealedSecret secret) {
        try {
            return Optional.of(secrets.open(application, secret));
        } catch (UnreadableSecret lost) {
            return Optional.empty();
        }
    }

    private InetAddress[] addresses(String application, String host, boolean isReachable) throws UnknownHostException {
        try {
            return hosts.addresses(application, host);
        } catch (CheckUrlHosts.NoAnswer late) {
            if (isReachable) {
                throw new Problem(
                        UNAVAILABLE, "checkUrl's host could not be looked up in time. Register again later.", late);
            }
            throw late;
        }
    }

    /** A secret or URL that the library refuses is the caller's mistake. */
    private static <T> T valid(Supplier<T> checked) {
        try {
            return checked.get();
        } catch (IllegalArgumentException rule) {
            throw new Problem(INVALID_REQUEST, String.valueOf(rule.getMessage()));
        }
    }

    /** Ends the back-off of an application, at an operator's request. */
    public void wake(String application) {
        if (!store.wake(application)) {
            throw store.isThere(application)
                    ? new Problem(
                                    NOT_ASKED,
                                    "Application %s has registered no check URL, so there are no check-backs."
                                            .formatted(application))
                            .with("application", application)
                    : new Problem(NOT_FOUND, "There is no such application.");
        }
    }

    /** Refuses to start with secrets that cannot be decrypted. */
    public void requireKeys() {
        var missing = store.keysInUse();
        missing.removeAll(secrets.keys());
        if (!missing.isEmpty()) {
            throw new UnsafeSetting(
                    "Check-back secrets are encrypted with keys that are not configured: " + missing,
                    "Set message-service.registry.secret-keys with these ids, or have the applications register again.");
        }
    }

    /**
     * Locks an application's endpoint until the transaction ends.
     *
     * @return empty if it is backed off, or another worker has it
     * @throws UnreadableSecret when its secret cannot be decrypted
     */
    public Optional<Endpoint> lock(String application) {
        return store.lock(application)
                .map(row -> new Endpoint(
                        application, row.url(), live(application, row.secrets()), row.failures(), row.isProbeDue()));
    }

    /** @throws UnreadableSecret when its secret cannot be decrypted */
    private List<byte[]> live(String application, CheckbackEndpointStore.Secrets stored) {
        var live = new ArrayList<byte[]>();
        live.add(secrets.open(application, stored.current()));
        stored.former().flatMap(former -> opened(application, former)).ifPresent(live::add);
        return live;
    }

    /** Without a secret nothing proves an answer. */
    Proof proof(String application) {
        return store.proof(application)
                .map(stored -> new Proof(
                        stored.answers(),
                        Stream.concat(Stream.of(stored.secrets().current()), stored.secrets().former().stream())
                                .flatMap(secret -> opened(application, secret).stream())
                                .toList()))
                .orElse(new Proof(CheckAnswers.SIGNED, List.of()));
    }
}
