package io.reliablemessage.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.webhook.WebhookSecrets.UnreadableSecret;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookSecretsTest {

    private static final WebhookSecrets.Key ONE =
            new WebhookSecrets.Key("one", bytes("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"));
    private static final WebhookSecrets.Key TWO =
            new WebhookSecrets.Key("two", bytes("543210ZYXWVUTSRQPONMLKJIHGFEDCBA"));

    @Test
    void aNewKeySealsWhileTheOldOneStillOpens() {
        var old = secrets(ONE).seal("shop", bytes("secret")).orElseThrow();
        var both = secrets(TWO, ONE);

        assertThat(both.open("shop", old)).isEqualTo(bytes("secret"));
        assertThat(both.seal("shop", bytes("secret")).orElseThrow().key()).isEqualTo("two");
        assertThatThrownBy(() -> secrets(TWO).open("shop", old)).hasMessageContaining("the key one");
    }

    @Test
    void anotherApplicationsSecretDoesNotOpen() {
        var secrets = secrets(ONE);
        var ofShop = secrets.seal("shop", bytes("secret")).orElseThrow();

        assertThatThrownBy(() -> secrets.open("rival", ofShop)).isInstanceOf(UnreadableSecret.class);
        ofShop.bytes()[20]++;
        assertThatThrownBy(() -> secrets.open("shop", ofShop)).isInstanceOf(UnreadableSecret.class);
    }

    @Test
    void aKeysIdIsGivenOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secrets(ONE, ONE))
                .withMessageContaining("has the id one twice");
    }

    private static WebhookSecrets secrets(WebhookSecrets.Key... keys) {
        return new WebhookSecrets(List.of(keys));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
