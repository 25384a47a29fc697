package io.reliablemessage.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Addresses with a common prefix (CIDR). */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Range(byte[] prefix, int bits) {

    // No host name passes, so nothing is ever looked up.
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    static Range of(String cidr) {
        var parts = cidr.split("/", -1);
        try {
            if (parts.length == 2 && LITERAL.matcher(parts[0]).matches()) {
                var prefix = InetAddress.getByName(parts[0]).getAddress();
                var bits = Integer.parseInt(parts[1]);
                if (bits >= 0 && bits <= prefix.length * 8) {
                    return new Range(prefix, bits);
                }
            }
        } catch (UnknownHostException | NumberFormatException malformed) {
            throw new IllegalArgumentException(malformedText(cidr), malformed);
        }
        throw new IllegalArgumentException(malformedText(cidr));
    }

    private static String malformedText(String cidr) {
        return "'" + cidr + "' is not a range such as 10.1.0.0/16 or fd00:1::/32";
    }

    boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        var whole = bits / 8;
        if (!Arrays.equals(prefix, 0, whole, address, 0, whole)) {
            return false;
        }
        var rest = bits % 8;
        var mask = 0xff << (8 - rest) & 0xff;
        return rest == 0 || (prefix[whole] & mask) == (address[whole] & mask);
    }
}
