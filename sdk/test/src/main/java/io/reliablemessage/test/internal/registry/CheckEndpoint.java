package io.reliablemessage.test.internal.registry;

import io.reliablemessage.api.CheckAnswers;
import io.reliablemessage.test.internal.http.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where, and how, an application is asked about its half messages.
 *
 * @param url null: it is not asked
 * @param secrets the current one, and the one before for an hour
 */
public record CheckEndpoint(@Nullable URI url, List<Secret> secrets, CheckAnswers answers, boolean requireCheckRef) {

    static final CheckEndpoint NONE = new CheckEndpoint(null, List.of(), CheckAnswers.SIGNED, false);

    private static final String PREFIX = "whsec_";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;
    private static final int MIN_DIFFERENT_BYTES = 10;
    private static final int MAX_URL = 2000;

    /** @param until it is valid; null: it is the current one */
    @SuppressWarnings("ArrayRecordComponent") // compared by Arrays.equals
    record Secret(byte[] bytes, @Nullable Instant until) {

        boolean isValid(Instant now) {
            return until == null || until.isAfter(now);
        }
    }

    public List<byte[]> validSecrets(Instant now) {
        return secrets.stream()
                .filter(secret -> secret.isValid(now))
                .map(Secret::bytes)
                .toList();
    }

    /** The secrets when this one is registered: the one before stays valid for an hour. */
    List<Secret> secretsWith(byte[] given, Instant formerUntil) {
        if (!secrets.isEmpty() && Arrays.equals(secrets.get(0).bytes(), given)) {
            return secrets;
        }
        var all = new ArrayList<Secret>();
        all.add(new Secret(given, null));
        secrets.stream().limit(1).forEach(former -> all.add(new Secret(former.bytes(), formerUntil)));
        return all;
    }

    static byte[] secret(String text) {
        var rule =
                "checkSecret takes whsec_ and the base64 of 24 to 64 random bytes; make one with: openssl rand -base64 32";
        Problem.require(text.startsWith(PREFIX), rule);
        try {
            var bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            var different = new HashSet<Byte>();
            for (var one : bytes) {
                different.add(one);
            }
            Problem.require(
                    bytes.length >= MIN_BYTES && bytes.length <= MAX_BYTES && different.size() >= MIN_DIFFERENT_BYTES,
                    rule);
            return bytes;
        } catch (IllegalArgumentException malformed) {
            throw Problem.invalid(rule);
        }
    }

    /** Any address: what the real service's operator has to allow, loopback and plain http, is what tests use. */
    static URI url(String text) {
        Problem.require(text.length() <= MAX_URL, "checkUrl has at most 2000 characters.");
        try {
            var url = new URI(new URI(text).toASCIIString());
            var scheme = String.valueOf(url.getScheme());
            Problem.require(
                    !url.isOpaque() && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https")),
                    "checkUrl takes an http or https address such as https://orders.example.com/checkbacks.");
            Problem.require(url.getRawAuthority() != null, "checkUrl names no host.");
            Problem.require(url.getRawAuthority().indexOf('@') < 0, "checkUrl must not name a user.");
            Problem.require(url.getRawFragment() == null, "checkUrl must not have a fragment (#…).");
            return url;
        } catch (URISyntaxException malformed) {
            throw Problem.invalid("checkUrl is no URL: " + malformed.getReason() + ".");
        }
    }

    Map<String, Object> view(String application) {
        var view = new LinkedHashMap<String, Object>();
        view.put("name", application);
        if (url != null) {
            view.put("checkUrl", url);
            view.put("checkAnswers", answers);
        }
        view.put("requireCheckRef", requireCheckRef);
        return view;
    }
}
