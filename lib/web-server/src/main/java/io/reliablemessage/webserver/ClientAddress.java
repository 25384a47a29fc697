package io.reliablemessage.webserver;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What one client can call from: an IPv4 address, or the 64 bits of IPv6 of which it has all addresses. */
public final class ClientAddress {

    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final int NETWORK_BYTES = 8;

    /** Equal for the addresses of one client. */
    public static String network(String address) {
        var text = address.replaceFirst("%.*", ""); // the interface
        if (!IPV6.matcher(text).matches()) {
            return address;
        }
        try {
            return InetAddress.getByName("[" + text + "]") instanceof Inet6Address ipv6
                    ? HexFormat.of().formatHex(ipv6.getAddress(), 0, NETWORK_BYTES)
                    : address;
        } catch (UnknownHostException malformed) {
            return address;
        }
    }

    private ClientAddress() {}
}
