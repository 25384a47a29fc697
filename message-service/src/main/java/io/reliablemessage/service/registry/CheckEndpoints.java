package io.reliablemessage.service.registry;

import static io.reliablemessage.api.ProblemType.NOT_ASKED;
import static io.reliablemessage.api.ProblemType.NOT_FOUND;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reliablemessage.api.ApplicationRequest;
import io.reliablemessage.api.ApplicationView;
import io.reliablemessage.api.address.AddressRules;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.platform.database.UnsafeSetting;
import io.reliablemessage.service.platform.problem.Problem;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where applications are asked about their half messages, and what signs the asks. */
@Component
public class CheckEndpoints {

    private static final String SECRET_PREFIX = "whsec_";
    private static final int SHORTEST_SECRET = 24;
    private static final int LONGEST_SECRET = 64;
    private static final int FEWEST_DIFFERENT = 10;

    private final CheckEndpointStore store;
    private final CheckSecrets secrets;
    private final AddressRules rules;

    CheckEndpoints(CheckEndpointStore store, CheckSecrets secrets, RegistryProperties configured) {
        this.store = store;
        this.secrets = secrets;
        this.rules = new AddressRules(configured.allowedAddresses());
    }

    /**
     * Whom to ask.
     *
     * @param failures asks in a row that brought no answer at all
     */
    @SuppressWarnings("ArrayRecordComponent") // lives for one signature
    public record Endpoint(String application, String url, byte[] secret, int failures) {

        @Override
        public String toString() {
            return "Endpoint[application=%s, url=%s]".formatted(application, url);
        }
    }

    /** A secret that cannot be opened, so that its application cannot be asked. */
    public static final class Sealed extends RuntimeException {
        Sealed(String fact, @Nullable Exception cause) {
            super(fact, cause);
        }
    }

    ApplicationView register(String application, ApplicationRequest request) {
        return register(application, request.checkUrl(), request.checkSecret(), true);
    }

    ApplicationView register(String application, @Nullable String url, @Nullable String secret, boolean isReachable) {
        if (url == null) {
            Names.require(secret == null, "checkSecret makes no sense without checkUrl.");
            store.remove(application);
        } else {
            var checked = CheckUrl.checked(url, rules, isReachable);
            var isStored = secret == null
                    ? store.move(application, checked.text())
                    : store.put(application, checked.text(), sealed(application, secret));
            Names.require(isStored, "checkSecret is missing, and none was stored before.");
        }
        return new ApplicationView(application, url);
    }

    private CheckSecrets.SealedSecret sealed(String application, String secret) {
        var sealed = secrets.seal(application, decoded(secret));
        Names.require(
                sealed.isPresent(),
                "This service cannot keep secrets: its operator has to set reliable-message.registry.secret-keys.");
        return sealed.orElseThrow();
    }

    private static byte[] decoded(String secret) {
        var rule =
                "checkSecret takes whsec_ and the base64 of %d to %d random bytes; make one with: openssl rand -base64 32"
                        .formatted(SHORTEST_SECRET, LONGEST_SECRET);
        Names.require(secret.startsWith(SECRET_PREFIX), rule);
        var bytes = new byte[0];
        try {
            bytes = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
        } catch (IllegalArgumentException malformed) {
            Names.require(false, rule);
        }
        Names.require(bytes.length >= SHORTEST_SECRET && bytes.length <= LONGEST_SECRET, rule);
        Names.require(new String(bytes, ISO_8859_1).chars().distinct().count() >= FEWEST_DIFFERENT, rule);
        return bytes;
    }

    /** Ends the rest of an application that did not answer: somebody knows that it does again. */
    public void wake(String application) {
        if (!store.wake(application)) {
            throw store.isThere(application)
                    ? new Problem(
                                    NOT_ASKED,
                                    "Application %s has registered no check URL, so it cannot be asked."
                                            .formatted(application))
                            .with("application", application)
                    : new Problem(NOT_FOUND, "There is no such application.");
        }
    }

    /** Refuses to start with secrets that nobody could open. */
    void requireKeys() {
        var missing = store.keysInUse();
        missing.removeAll(secrets.keys());
        if (!missing.isEmpty()) {
            throw new UnsafeSetting(
                    "Applications are asked with secrets that are sealed with keys not configured: " + missing,
                    "Set reliable-message.registry.secret-keys with these ids, or have the applications register again.");
        }
    }

    /**
     * Locks an application's endpoint until the transaction ends.
     *
     * @return empty if it rests, or somebody else is about to ask it
     * @throws Sealed when its secret does not open
     */
    public Optional<Endpoint> lock(String application) {
        return store.lock(application)
                .map(row ->
                        new Endpoint(application, row.url(), secrets.open(application, row.secret()), row.failures()));
    }
}
