package io.reliablemessage.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

    private static final AddressRules PUBLIC_ONLY = new AddressRules(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.255",
                "168.63.129.16",
                "169.254.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void specialAddressesAreRefused(String address) throws UnknownHostException {
        assertThat(PUBLIC_ONLY.allows("example.com", InetAddress.getByName(address)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "2001:4860:4860::8888"
            })
    void publicOnesAreFine(String address) throws UnknownHostException {
        assertThat(PUBLIC_ONLY.allows("example.com", InetAddress.getByName(address)))
                .isTrue();
    }

    @Test
    void anEntryAllowsAHostOrARangeAndNothingElse() throws UnknownHostException {
        var rules = new AddressRules(List.of("Orders.internal", "10.1.2.0/23", "fd00:1::/32", "[::1]"));

        assertThat(rules.allows("orders.INTERNAL.", InetAddress.getByName("192.168.0.7")))
                .isTrue();
        assertThat(rules.allows("points.internal", InetAddress.getByName("192.168.0.7")))
                .isFalse();
        assertThat(rules.allows("any", InetAddress.getByName("10.1.3.255"))).isTrue();
        assertThat(rules.allows("any", InetAddress.getByName("10.1.4.0"))).isFalse();
        assertThat(rules.allows("any", InetAddress.getByName("fd00:1:2::3"))).isTrue();
        assertThat(rules.allows("any", InetAddress.getByName("fd00:2::3"))).isFalse();
        assertThat(rules.allows("::1", InetAddress.getByName("::1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "/8", "10.0.0/0/8", "host/8", "fd00::/129"})
    void whatIsNoRangeIsRefused(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> new AddressRules(List.of(entry)));
    }
}
