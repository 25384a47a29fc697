package io.reliablemessage.webhook;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Checks the addresses that a name resolves to: public ones are allowed; private, loopback, link-local and other
 * special ones, where cloud metadata and other people's machines live, only if they are on the allow-list.
 *
 * <p>An entry of the list is a host's name, which allows every address of that name, or a range such as {@code
 * 10.1.0.0/16}.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's special addresses</a>
 */
public final class AddressRules {

    /** Of 0.0.0.0/0. The chart's network policy has the same list. */
    public static final List<String> SPECIAL_IPV4 = List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10", // carrier-grade NAT; 100.100.100.200 is a cloud's metadata
            "127.0.0.0/8",
            "168.63.129.16/32", // a cloud's host
            "169.254.0.0/16", // 169.254.169.254 is most clouds' metadata
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    // All other IPv6 addresses are not public: loopback, link-local, unique local, multicast,
    // and mapped or translated IPv4.
    public static final String PUBLIC_IPV6 = "2000::/3";

    /** Of {@link #PUBLIC_IPV6}. */
    public static final List<String> SPECIAL_IPV6 = List.of(
            "2001::/23", // Teredo and others
            "2001:db8::/32",
            "2002::/16", // 6to4, with an IPv4 address inside
            "3fff::/20");

    private static final List<Range> REFUSED_IPV4 = ranges(SPECIAL_IPV4);
    private static final Range POSSIBLE_IPV6 = Range.of(PUBLIC_IPV6);
    private static final List<Range> REFUSED_IPV6 = ranges(SPECIAL_IPV6);

    private final Set<String> hosts = new HashSet<>();
    private final List<Range> allowed;

    /** @param allowList host names and ranges */
    public AddressRules(List<String> allowList) {
        allowed = allowList.stream()
                .map(String::strip)
                .filter(entry -> entry.contains("/"))
                .map(Range::of)
                .toList();
        allowList.stream()
                .map(String::strip)
                .filter(entry -> !entry.contains("/"))
                .map(AddressRules::plain)
                .forEach(hosts::add);
    }

    /** Whether this address may be called when this name resolved to it. */
    public boolean allows(String host, InetAddress address) {
        var bytes = address.getAddress();
        return isPublic(bytes) || isListed(host, bytes);
    }

    /** Whether it may be called without TLS: only what the allow-list has is near enough. */
    public boolean allowsPlainHttp(String host, InetAddress address) {
        return isListed(host, address.getAddress());
    }

    private boolean isListed(String host, byte[] address) {
        return hosts.contains(plain(host)) || allowed.stream().anyMatch(range -> range.contains(address));
    }

    private static boolean isPublic(byte[] address) {
        return address.length == 4
                ? REFUSED_IPV4.stream().noneMatch(range -> range.contains(address))
                : POSSIBLE_IPV6.contains(address) && REFUSED_IPV6.stream().noneMatch(range -> range.contains(address));
    }

    private static String plain(String host) {
        return host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|\\.$", "");
    }

    private static List<Range> ranges(List<String> cidrs) {
        return cidrs.stream().map(Range::of).toList();
    }
}
