package io.reliablemessage.webserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is limited together, since one client has all of it. */
class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:0db8:0001:0002:0:0:0:1, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "fe80::1%eth0, fe80::2%eth1, true",
        "no.address.example, other.address.example, false",
        "1:2:3, 1:2:4, false",
        "::, 192.0.2.7, false"
    })
    void isWhatOneClientHas(String one, String other, boolean isSame) {
        assertThat(ClientAddress.network(one).equals(ClientAddress.network(other)))
                .isEqualTo(isSame);
    }
}
