package io.reliablemessage.service.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reliablemessage.service.registry.RegistryProperties.SecretKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryPropertiesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "%%%"})
    void refusesKeysThatAreNotRandom(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SecretKey("one", value))
                .withMessageContaining("openssl rand -base64 32");
    }

    @Test
    void aSecretKeyIsNotInItsText() {
        var value = Base64.getEncoder().encodeToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".getBytes(UTF_8));

        assertThat(new SecretKey("one", value).toString()).doesNotContain(value);
    }
}
