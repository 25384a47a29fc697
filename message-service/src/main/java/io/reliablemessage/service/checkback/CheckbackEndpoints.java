package io.reliablemessage.service.checkback;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static io.reliablemessage.api.ProblemType.NOT_ASKED;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;

import io.reliablemessage.api.ApplicationRequest;
import io.reliablemessage.api.ApplicationView;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.platform.database.UnsafeSetting;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.webhook.AddressRules;
import io.reliablemessage.webhook.WebhookSecrets;
import io.reliablemessage.webhook.WebhookUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps the check URLs of applications, and the secrets that sign the requests. */
@Component
public class CheckbackEndpoints {

    private final CheckbackEndpointStore store;
    private final WebhookSecrets secrets;
    private final AddressRules rules;
    private final CheckUrlHosts hosts;

    CheckbackEndpoints(CheckbackEndpointStore store, WebhookSecrets secrets, AddressRules rules, CheckUrlHosts hosts) {
        this.store = store;
        this.secrets = secrets;
        this.rules = rules;
        this.hosts = hosts;
    }

    /**
     * The endpoint of an application.
     *
     * @param failures check-backs in a row without any answer
     */
    @SuppressWarnings("ArrayRecordComponent") // lives for one signature
    public record Endpoint(String application, String url, byte[] secret, int failures) {

        @Override
        public String toString() {
            return "Endpoint[application=%s, url=%s]".formatted(application, url);
        }
    }

    public ApplicationView register(String application, ApplicationRequest request) {
        return register(application, request.checkUrl(), request.checkSecret(), true);
    }

    public ApplicationView register(
            String application, @Nullable String url, @Nullable String secret, boolean isReachable) {
        if (url == null) {
            Names.require(secret == null, "checkSecret makes no sense without checkUrl.");
            store.remove(application);
            return new ApplicationView(application, null);
        }
        var called = valid(() -> WebhookUrl.checked(
                "checkUrl", url, rules, isReachable, host -> addresses(application, host, isReachable)));
        var isStored = secret == null
                ? store.move(application, called)
                : store.put(application, called, sealed(application, secret));
        Names.require(isStored, "checkSecret is missing, and none was stored before.");
        return new ApplicationView(application, called);
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

    private WebhookSecrets.SealedSecret sealed(String application, String secret) {
        var sealed = secrets.seal(application, valid(() -> WebhookSecrets.decoded("checkSecret", secret)));
        Names.require(
                sealed.isPresent(),
                "This service cannot keep secrets: its operator has to set message-service.registry.secret-keys.");
        return sealed.orElseThrow();
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
     * @throws WebhookSecrets.UnreadableSecret when its secret cannot be decrypted
     */
    public Optional<Endpoint> lock(String application) {
        return store.lock(application)
                .map(row ->
                        new Endpoint(application, row.url(), secrets.open(application, row.secret()), row.failures()));
    }
}
