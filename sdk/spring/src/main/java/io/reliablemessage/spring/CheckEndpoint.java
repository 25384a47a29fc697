package io.reliablemessage.spring;

import io.reliablemessage.client.JsonCodec;
import io.reliablemessage.spring.internal.check.CheckDecisions;
import io.reliablemessage.spring.internal.check.CheckJson;
import io.reliablemessage.spring.internal.check.CheckSecrets;
import io.reliablemessage.spring.internal.check.Decided;
import io.reliablemessage.spring.internal.check.WebhookSignature;
import io.reliablemessage.spring.internal.store.Stores;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers check-backs: whether the local transactions behind half messages committed. Thread-safe.
 *
 * <p>For any web framework, which passes the request on as it was received. Its address needs no other authentication,
 * since requests are signed.
 */
public final class CheckEndpoint {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int MAX_BODY = 1024 * 1024;

    private final List<byte[]> secrets;
    private final CheckJson json;
    private final CheckDecisions decisions;
    private final Clock clock;

    /**
     * @param secrets the one in use and, while it is changed, the one before
     * @param clock must be right within five minutes
     * @throws IllegalArgumentException if a secret is none
     */
    CheckEndpoint(Stores stores, List<String> secrets, JsonCodec json, ProducerListener listener, Clock clock) {
        this.secrets = CheckSecrets.decode(secrets);
        this.json = new CheckJson(json);
        this.decisions = new CheckDecisions(stores, listener);
        this.clock = clock;
    }

    /**
     * Answers a check-back within four seconds, whatever its databases do.
     *
     * @param headers by name, of any case; none of those that are read may occur twice
     * @param body as it was received
     */
    public CheckReply answer(Map<String, String> headers, byte[] body) {
        if (body.length > MAX_BODY) {
            return CheckReply.empty(CONTENT_TOO_LARGE);
        }
        var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        var signature = WebhookSignature.read(byName)
                .filter(given -> given.isTimely(clock.instant()) && given.isMadeOf(body, secrets));
        if (signature.isEmpty()) {
            return CheckReply.empty(UNAUTHORIZED);
        }
        return json.read(body)
                .map(questions -> signed(signature.get().id(), decisions.decide(questions)))
                .orElseGet(() -> CheckReply.empty(BAD_REQUEST));
    }

    private CheckReply signed(String id, List<Decided> decided) {
        var body = json.write(decided);
        var headers = new HashMap<>(
                WebhookSignature.of(secrets, id, clock.instant(), body).headers());
        headers.put("content-type", "application/json");
        return new CheckReply(OK, Map.copyOf(headers), body);
    }
}
