package io.reliablemessage.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/** Checks an address that may be called, as far as that can be known now; it is checked again on every call. */
public final class WebhookUrl {

    private static final int MAX_LENGTH = 2000;
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private WebhookUrl() {}

    /** Finds the addresses of a name, within a limited time. */
    @FunctionalInterface
    public interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /**
     * @param member named in the exception's text
     * @param isReachable false at start, when name servers may be away: a name that cannot be looked up is checked on
     *     the call
     * @throws IllegalArgumentException that names the problem
     */
    public static void check(String member, String url, AddressRules rules, boolean isReachable, Lookup lookup) {
        require(url.length() <= MAX_LENGTH, "%s has at most %d characters.".formatted(member, MAX_LENGTH));
        var host = hostOf(member, url);
        try {
            var addresses = lookup.addresses(host);
            require(
                    Arrays.stream(addresses).allMatch(address -> rules.allows(host, address)),
                    member
                            + " leads to an address that is not public. If that is meant, the service's operator has to allow it"
                            + " under message-service.registry.allowed-addresses.");
        } catch (UnknownHostException unknown) {
            require(!isReachable, member + "'s host is unknown.");
        }
    }

    private static String hostOf(String member, String text) {
        try {
            var url = new URI(text);
            var isPlain = url.getScheme() != null
                    && SCHEMES.contains(url.getScheme())
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && url.getPort() != 0
                    && url.getPort() <= 65_535;
            require(
                    isPlain,
                    member
                            + " takes an address such as https://orders.example.com/checkbacks: http or https, no user, no fragment.");
            return url.getHost();
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(member + " is no URL.", malformed);
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
