package io.reliablemessage.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks an address that may be called, as far as that can be known now; it is checked again on every call. */
public final class WebhookUrl {

    private static final int MAX_LENGTH = 2000;
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private static final Pattern AUTHORITY =
            Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>[0-9]*))?");

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
     * @return the address as it is called: what a URL cannot hold is encoded
     * @throws IllegalArgumentException that names the problem
     */
    public static String checked(String member, String text, AddressRules rules, boolean isReachable, Lookup lookup) {
        require(text.length() <= MAX_LENGTH, "%s has at most %d characters.".formatted(member, MAX_LENGTH));
        var url = parsed(member, text);
        var host = hostOf(member, url);
        try {
            var addresses = lookup.addresses(host);
            require(
                    Arrays.stream(addresses).allMatch(address -> rules.allows(host, address)),
                    member
                            + " leads to an address that is not public. If that is meant, the service's operator has to allow it"
                            + " under message-service.registry.allowed-addresses.");
            require(
                    isEncrypted(url)
                            || Arrays.stream(addresses).allMatch(address -> rules.allowsPlainHttp(host, address)),
                    member
                            + " takes https, or http if the service's operator allows the address under"
                            + " message-service.registry.allowed-addresses.");
        } catch (UnknownHostException unknown) {
            require(!isReachable, member + "'s host is unknown.");
        }
        return url.toString();
    }

    private static URI parsed(String member, String text) {
        try {
            var url = new URI(new URI(text).toASCIIString());
            var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            require(
                    SCHEMES.contains(scheme) && !url.isOpaque(),
                    member + " takes an http or https address such as https://orders.example.com/checkbacks.");
            return new URI(scheme + url.toString().substring(scheme.length()));
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(
                    "%s is no URL: %s at character %d."
                            .formatted(member, malformed.getReason(), malformed.getIndex() + 1),
                    malformed);
        }
    }

    /** By hand, for Java knows no host with an underscore, which Compose and others have. */
    private static String hostOf(String member, URI url) {
        var authority = String.valueOf(url.getRawAuthority());
        require(url.getRawAuthority() != null, member + " names no host.");
        require(authority.indexOf('@') < 0, member + " must not name a user.");
        require(url.getRawFragment() == null, member + " must not have a fragment (#…).");
        var parts = AUTHORITY.matcher(authority);
        require(
                parts.matches(),
                member + "'s host takes letters, digits, '.', '-' and '_'; write other names in Punycode (xn--…).");
        var port = parts.group("port");
        require(port == null || port.isEmpty() || isPort(port), member + "'s port takes 1 to 65535.");
        return parts.group("host");
    }

    private static boolean isEncrypted(URI url) {
        return "https".equals(url.getScheme());
    }

    private static boolean isPort(String digits) {
        return digits.length() <= 5 && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= 65_535;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
