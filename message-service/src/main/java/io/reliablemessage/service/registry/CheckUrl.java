package io.reliablemessage.service.registry;

import io.reliablemessage.api.address.AddressRules;
import io.reliablemessage.service.model.Names;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/** An address that may be asked, as far as that can be known now; it is judged again whenever it is dialled. */
record CheckUrl(String text) {

    private static final int LONGEST = 2000;
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /**
     * @param isReachable false at start, when name servers may be away: what cannot be looked up is
     *     judged when dialled
     */
    static CheckUrl checked(String text, AddressRules rules, boolean isReachable) {
        Names.require(text.length() <= LONGEST, "checkUrl has at most %d characters.".formatted(LONGEST));
        var host = hostOf(text);
        try {
            var addresses = InetAddress.getAllByName(host);
            Names.require(
                    Arrays.stream(addresses).allMatch(address -> rules.allows(host, address)),
                    "checkUrl leads to an address that is not public. If that is meant, the service's operator has to allow it"
                            + " under reliable-message.registry.allowed-addresses.");
        } catch (UnknownHostException unknown) {
            Names.require(!isReachable, "checkUrl's host is unknown.");
        }
        return new CheckUrl(text);
    }

    private static String hostOf(String text) {
        try {
            var url = new URI(text);
            var isPlain = url.getScheme() != null
                    && SCHEMES.contains(url.getScheme())
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && url.getPort() != 0
                    && url.getPort() <= 65_535;
            Names.require(
                    isPlain,
                    "checkUrl takes an address such as https://orders.example.com/checkbacks: http or https, no user, no fragment.");
            return url.getHost();
        } catch (URISyntaxException malformed) {
            Names.require(false, "checkUrl is no URL.");
            throw new IllegalStateException(malformed);
        }
    }
}
