package io.reliablemessage.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

    // The example of the specification.
    private static final byte[] SECRET = WebhookSecrets.decoded("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final byte[] OTHER = WebhookSecrets.decoded("secret", "whsec_x3VbN0dJ5mO8pQ2rT4uW6yZ9aB1cD7eF");
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIMESTAMP = 1614265330;
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);

    @Test
    void isThatOfTheSpecification() {
        assertThat(Signature.of(List.of(SECRET), ID, TIMESTAMP, BODY).signatures())
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void isValidWithAnyOfTheSecrets() {
        var signature = Signature.of(List.of(OTHER, SECRET), ID, TIMESTAMP, BODY);

        assertThat(signature.isMadeOf(BODY, List.of(SECRET))).isTrue();
        assertThat(signature.isMadeOf(BODY, List.of(OTHER))).isTrue();
        assertThat(signature.isMadeOf(BODY, List.of())).isFalse();
        assertThat(signature.isMadeOf("{}".getBytes(UTF_8), List.of(SECRET, OTHER)))
                .isFalse();
    }

    @Test
    void isReadFromTheHeadersItMakes() {
        var signature = Signature.of(List.of(SECRET), ID, TIMESTAMP, BODY);

        assertThat(Signature.read(signature.headers())).contains(signature);
    }

    @ParameterizedTest
    @ValueSource(strings = {Signature.ID, Signature.TIMESTAMP, Signature.SIGNATURES})
    void isNoneWithoutEachHeader(String header) {
        var headers =
                new HashMap<>(Signature.of(List.of(SECRET), ID, TIMESTAMP, BODY).headers());
        headers.remove(header);

        assertThat(Signature.read(headers)).isEmpty();
    }
}
